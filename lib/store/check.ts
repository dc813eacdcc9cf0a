import { ContentCheck } from '../audit/content-check.ts';
import type { Head } from '../audit/leaf.ts';
import type { TrailRow } from '../audit/verdict.ts';
import { verifyLogs, type DeviceVerdict, type LogFound } from '../audit/verify-logs.ts';
import { OUTCOMES, type EventRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';
import { allContents, endpointHeads, eventsOf, logSpans } from './trail-reads.ts';

export interface CheckOptions {
  /** The head kept outside the database; null when there is none. */
  mirror: Head | null;
  /** `last` of each log of an earlier check, to check only what came after; null for all. */
  since: readonly Head[] | null;
  /** Entries read so far, and how many there are. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** A value kept for History that is not what its event says shows as another type. */
function typeOf(row: EventRow): string {
  const outcome = row.type === 'unknown' ? undefined : OUTCOMES[row.type];
  const fits = row.outcome === outcome && row.shown === (outcome === undefined ? undefined : 1);
  return fits ? row.type : `${row.type} as ${row.outcome ?? 'none'}`;
}

async function* rowsOf(events: AsyncIterable<EventRow>): AsyncGenerator<TrailRow> {
  for await (const row of events) {
    const { seq, raw, hash, id, itemId, actor, siteId, time } = row;
    yield { seq, raw, hash, columns: { id, type: typeOf(row), itemId, actor, siteId, time } };
  }
}

/** Checks the whole device: all logs, their links, and every stored text. Writers go on meanwhile. */
export async function checkTrail(db: CountersignDb, options: CheckOptions): Promise<DeviceVerdict> {
  const { mirror, since, onProgress, signal } = options;
  const contents = new ContentCheck();
  if (since === null) {
    for await (const row of allContents(db)) {
      signal?.throwIfAborted();
      contents.add(row);
    }
  }
  // Read after the texts: each text stands in one transaction with the event that names it.
  const logs = await logSpans(db);
  const found: LogFound[] = [];
  let total = 0;
  for (const { logid, seq, hash, previous, last } of logs) {
    const anchor = since?.find((head) => head.logid === logid);
    const from = anchor === undefined ? 0 : anchor.seq + 1;
    total += seq + 1 - from;
    found.push({
      logid,
      heads: {
        saved: { logid, seq, hash },
        mirror: mirror ?? undefined,
        ...(await endpointHeads(db, logid)),
      },
      rows: () => rowsOf(eventsOf(db, logid, from, last)),
      since: anchor,
      previous,
    });
  }
  return verifyLogs(found, {
    ...(since === null ? { contents } : {}),
    onProgress: (done) => onProgress?.(done, total),
    signal,
  });
}
