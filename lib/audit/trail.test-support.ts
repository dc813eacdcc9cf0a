import type { EventDraft, EventType } from '../domain/event.ts';
import { buildEvent, type EventPlace } from './event-build.ts';
import { leafHash, ZERO_HASH, type Head } from './leaf.ts';
import type { TrailRow } from './verdict.ts';

export const LOG = '00000001-0000-7000-8000-000000000000';

/** UUID number `n`. */
export function uuidOf(n: number): string {
  return `0000000a-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** A draft with nothing but what is given. */
export function draftOf(type: EventType, data: EventDraft['data'] = {}): EventDraft {
  return { type, itemId: 'item-1', traceId: 'f'.repeat(32), causationId: '', data };
}

/** Chains one event after `before`. */
export function rowAfter(
  before: { seq: number; hash: string } | null,
  draft: EventDraft,
  over: Partial<EventPlace> = {},
): TrailRow {
  const seq = (before?.seq ?? -1) + 1;
  const raw = buildEvent(draft, {
    logid: LOG,
    seq,
    prevHash: before?.hash ?? ZERO_HASH,
    id: uuidOf(seq),
    time: Date.UTC(2026, 10, 23, 9, 0, seq),
    actor: { name: 'Mia', declared: true },
    siteId: 'desk',
    ...over,
  });
  return { seq, raw, hash: leafHash(raw) };
}

/** A trail of `n` events: genesis, then decisions. */
export function trailOf(n: number, over: Partial<EventPlace> = {}): TrailRow[] {
  const rows: TrailRow[] = [];
  for (let seq = 0; seq < n; seq += 1) {
    const draft =
      seq === 0
        ? draftOf('log.started', { version: '0.1.0', reason: 'install', previous: null })
        : draftOf('decision.approved', { version: seq, confidence: 0.5, reasons: ['tone'] });
    rows.push(rowAfter(rows.at(-1) ?? null, draft, over));
  }
  return rows;
}

/** The head of a trail. */
export function headOf(rows: readonly TrailRow[], logid = LOG): Head {
  const last = rows.at(-1);
  if (last === undefined) throw new Error('An empty trail has no head');
  return { logid, seq: last.seq, hash: last.hash };
}
