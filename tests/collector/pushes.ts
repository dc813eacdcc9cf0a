import { buildEvent } from '../../lib/audit/event-build.ts';
import { leafHash, ZERO_HASH } from '../../lib/audit/leaf.ts';
import type { Json } from '../../lib/domain/event.ts';
import {
  contentDigest,
  DIGEST_HEADER,
  IDEMPOTENCY_HEADER,
  idempotencyKey,
  PROTOCOL_HEADER,
  PUSH_TYPE,
} from '../../lib/protocol/headers.ts';
import { PATHS } from '../../lib/protocol/paths.ts';

/** One event of a test log. */
export interface Made {
  seq: number;
  raw: string;
  hash: string;
}

let logs = 0;

/** A log's UUID that no other test of this run has. */
export function newLogid(): string {
  logs += 1;
  return `00000000-0000-7000-8000-${String(logs).padStart(12, '0')}`;
}

/** A chained log; the same arguments give the same bytes. */
export function makeLog(logid: string, length: number, data: { [key: string]: Json } = {}): Made[] {
  const made: Made[] = [];
  for (let seq = 0; seq < length; seq += 1) {
    const raw = buildEvent(
      {
        type: seq === 0 ? 'log.started' : 'item.changed',
        itemId: 'item',
        traceId: '',
        causationId: '',
        data: { n: seq, ...data },
      },
      {
        logid,
        seq,
        prevHash: made.at(-1)?.hash ?? ZERO_HASH,
        id: `00000000-0000-7000-9000-${String(seq).padStart(12, '0')}`,
        time: Date.UTC(2026, 10, 23) + seq,
        actor: { name: 'Mia', declared: true },
      },
    );
    made.push({ seq, raw, hash: leafHash(raw) });
  }
  return made;
}

/** A well-formed push; `over` replaces headers or the body's text. */
export function pushOf(
  token: string,
  logid: string,
  events: readonly Made[],
  over: { headers?: Record<string, string>; body?: string | Uint8Array } = {},
): { path: string; init: RequestInit } {
  const [first] = events;
  const last = events.at(-1);
  const text =
    over.body ?? JSON.stringify({ from: first?.seq ?? 0, events: events.map((e) => e.raw) });
  const body = new Uint8Array(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  return {
    path: PATHS.events(logid),
    init: {
      method: 'POST',
      body,
      headers: {
        Authorization: `Bearer ${token}`,
        [PROTOCOL_HEADER]: '1',
        'Content-Type': PUSH_TYPE,
        [DIGEST_HEADER]: contentDigest(body),
        [IDEMPOTENCY_HEADER]: idempotencyKey(
          logid,
          first?.seq ?? 0,
          last?.seq ?? 0,
          last?.hash ?? '',
        ),
        ...over.headers,
      },
    },
  };
}
