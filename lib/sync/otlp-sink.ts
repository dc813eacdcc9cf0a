import { readEvent } from '../audit/event-read.ts';
import { exportReply, logsRequest, tracesRequest } from '../protocol/otlp-json.ts';
import type { LogRecord, Source, Span } from '../protocol/otlp-json.ts';
import { evaluationOf, SCHEMA_URL, textOf, type ToldEvent } from '../protocol/otlp-map.ts';
import { mayEnd, spansOf } from '../protocol/otlp-trace.ts';
import type { EventRow } from '../store/rows.ts';
import type { Unsynced } from '../store/sync-log.ts';
import { callEndpoint, type Call, type Reply } from './call-endpoint.ts';
import type { SyncDeps } from './deps.ts';
import { failure, failureOfStatus, type Failure } from './problems.ts';
import type { Sink } from './sink.ts';
import { bearer, type Target } from './target.ts';

/** Most entries of one run; few of them become something that is sent. */
const MAX_RUN = 200;

const encoder = new TextEncoder();

type Signal = 'logs' | 'traces';

/** Address of a signal (OTLP/HTTP): `base` may already end in `/v1` or in the path of a signal. */
export function otlpUrl(base: string, signal: Signal): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '').replace(/\/v1(\/(logs|traces|metrics))?$/, '')}/v1/${signal}`;
  return url.href;
}

/** One export in OTLP/JSON. */
export function otlpCall(target: Omit<Target, 'kind'>, signal: Signal, request: object): Call {
  return {
    url: otlpUrl(target.endpoint, signal),
    method: 'POST',
    headers: { ...bearer(target.token), 'Content-Type': 'application/json' },
    body: encoder.encode(JSON.stringify(request)),
  };
}

/** What an export came to: `taken` without the `rejected`, `refused` for good as a whole, or failed. */
export type Exported =
  | { kind: 'taken'; rejected: number }
  | { kind: 'refused'; status: number }
  | { kind: 'failed'; failure: Failure };

/** Reads the answer to an export (opentelemetry-proto, docs/specification.md, "OTLP/HTTP Response"). */
export function readExport(reply: Reply): Exported {
  if (!reply.ok) return { kind: 'failed', failure: failure(reply.failure) };
  const { status, json, isHtml, retryAfter } = reply;
  if (status >= 200 && status < 300) {
    // A sign-in page of the network answers 200 too.
    if (isHtml) return { kind: 'failed', failure: failure('bad-reply') };
    if (json === undefined) return { kind: 'taken', rejected: 0 };
    const parsed = exportReply.safeParse(json);
    if (!parsed.success) return { kind: 'failed', failure: failure('bad-reply') };
    const { rejectedLogRecords = 0, rejectedSpans = 0 } = parsed.data.partialSuccess ?? {};
    return { kind: 'taken', rejected: rejectedLogRecords + rejectedSpans };
  }
  // Not to be sent again, says the protocol: it would be refused again.
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused', status };
  const known = failureOfStatus(status, retryAfter);
  return { kind: 'failed', failure: known ?? { code: 'http', detail: String(status), retryAfter } };
}

/**
 * A receiver of OTLP/HTTP: an evaluation per decision, a trace per item that ended. It is a channel for
 * telemetry, not the record: what it refuses for good is counted, said, and not sent again.
 */
export function createOtlpSink(deps: SyncDeps, target: Target): Sink {
  return {
    maxEvents: MAX_RUN,
    async send(run) {
      const last = run.events.at(-1);
      if (last === undefined) throw new Error('A run holds at least one event');
      const { logid } = run;
      const source = { logid, version: deps.env().extensionVersion, schemaUrl: SCHEMA_URL };
      const exports = await exportsOf(deps, source, run);
      let rejected = 0;
      for (const { signal, count, request } of exports) {
        const got = readExport(await callEndpoint(deps, otlpCall(target, signal, request)));
        if (got.kind === 'failed') return { failed: got.failure };
        if (got.kind === 'refused' && run.events.length > 1) {
          // One record that can't be read takes the others down with it: find it.
          return { limit: Math.ceil(run.events.length / 2), step: 'onward' };
        }
        if (got.kind === 'refused' && (await deps.store.syncState()).lastOkAt === null) {
          // Who never took anything is no receiver: passing all of it over would lose it.
          return { failed: failure('http', String(got.status)) };
        }
        rejected += got.kind === 'refused' ? count : Math.min(got.rejected, count);
        if (signal === 'logs') await deps.store.setSync({ logsTaken: { logid, seq: last.seq } });
      }
      if (rejected > 0) {
        const before = (await deps.store.syncState()).rejected;
        await deps.store.setSync({ rejected: before + rejected });
      }
      await deps.store.ack({ logid, seq: last.seq, hash: last.hash }, null);
      return { limit: MAX_RUN, step: exports.length > 0 ? 'acked' : 'onward' };
    },
  };
}

interface Export {
  signal: Signal;
  /** Records or spans in it. */
  count: number;
  request: object;
}

/** What of a run is told; logs that were taken already, before the traces failed, are not told again. */
async function exportsOf(deps: SyncDeps, source: Source, run: Unsynced): Promise<Export[]> {
  const { logsTaken } = await deps.store.syncState();
  const takenTo = logsTaken?.logid === run.logid ? logsTaken.seq : -1;
  const records: LogRecord[] = [];
  const spans: Span[] = [];
  for (const row of run.events) {
    const event = toldOf(row);
    if (event === null) continue;
    const record = row.seq > takenTo ? evaluationOf(event) : null;
    if (record !== null) records.push(record);
    if (mayEnd(event)) spans.push(...(await itemSpans(deps, row)));
  }
  const exports: Export[] = [
    { signal: 'logs', count: records.length, request: logsRequest(source, records) },
    { signal: 'traces', count: spans.length, request: tracesRequest(source, spans) },
  ];
  return exports.filter(({ count }) => count > 0);
}

/** An entry to tell of; null for one that is no entry any more. */
function toldOf({ raw }: EventRow): ToldEvent | null {
  const read = readEvent(raw);
  return read.ok ? read.event : null;
}

/** The spans that an entry completes, from all that the trail has of its item up to there. */
async function itemSpans({ store }: SyncDeps, { logid, seq, itemId }: EventRow): Promise<Span[]> {
  const rows = await store.itemTrail(itemId);
  const at = rows.findIndex((row) => row.logid === logid && row.seq === seq);
  const events = rows.slice(0, at + 1).flatMap((row) => toldOf(row) ?? []);
  const opened = events.find(({ type }) => type === 'item.opened');
  const outputId = textOf(opened?.data['outputId']);
  if (opened === undefined || outputId === '') return spansOf(events, null);
  const output = await store.outputEntry(outputId, opened.time);
  return spansOf(events, output === undefined ? null : toldOf(output));
}
