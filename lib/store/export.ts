import { Dexie } from 'dexie';
import { commitmentsIn } from '../audit/commitment.ts';
import { readEvent } from '../audit/event-read.ts';
import { EXPORT_FORMAT, EXPORT_VERSION, writeExportLine } from '../audit/export-format.ts';
import type { EventRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';
import { endpointHeads, eventsOf, logSpans } from './trail-reads.ts';

export interface ExportOptions {
  /** Wall clock, milliseconds since 1970. */
  now: number;
  extensionVersion: string;
  /** One log; all logs of the device when absent. */
  logid?: string;
  /** Whether the texts go along; without them the trail can be checked all the same. */
  contents: boolean;
}

/**
 * The trail as JSON lines without line breaks, in the form of `docs/trail.md`: each event exactly as
 * stored. Ends at the heads that stood when it began.
 */
export async function* exportLines(
  db: CountersignDb,
  options: ExportOptions,
): AsyncGenerator<string> {
  yield writeExportLine({
    line: 'header',
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: new Date(options.now).toISOString(),
    extensionVersion: options.extensionVersion,
  });
  const logs = await logSpans(db);
  for (const { logid, seq, hash, last } of logs) {
    if (options.logid !== undefined && options.logid !== logid) continue;
    const { synced } = await endpointHeads(db, logid);
    yield writeExportLine({
      line: 'log',
      logid,
      head: { seq, hash },
      synced: synced === undefined ? null : { seq: synced.seq, hash: synced.hash },
    });
    for await (const row of eventsOf(db, logid, 0, last)) {
      yield writeExportLine({ line: 'event', logid, seq: row.seq, hash: row.hash, raw: row.raw });
      if (options.contents) yield* contentsOf(db, row);
    }
    const receipts = await db.receipts
      .where('[logid+seq]')
      .between([logid, Dexie.minKey], [logid, Dexie.maxKey])
      .toArray();
    for (const row of receipts) {
      const { receipt } = row;
      yield writeExportLine({ line: 'receipt', logid, seq: row.seq, hash: row.hash, receipt });
    }
  }
}

/** The texts that an entry names, as far as they are here. */
async function* contentsOf(db: CountersignDb, row: EventRow): AsyncGenerator<string> {
  const read = readEvent(row.raw);
  const named = read.ok ? commitmentsIn(read.event.data) : [];
  if (named.length === 0) return;
  for (const content of await db.contents.bulkGet(named)) {
    if (content === undefined) continue;
    const { commitment, field, salt, text } = content;
    yield writeExportLine({ line: 'content', commitment, field, salt, text });
  }
}
