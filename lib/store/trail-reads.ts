import { Dexie } from 'dexie';
import type { Head } from '../audit/leaf.ts';
import type { ContentRow, EventRow, HeadRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';

const PAGE = 500;

/** One log with its head and the last entry that is there: the same, unless someone changed it. */
export interface LogSpan extends HeadRow {
  last: number;
}

/** All logs of the device, newest first, read at one moment: a writer can't come between. */
export async function logSpans(db: CountersignDb): Promise<LogSpan[]> {
  return db.transaction('r', [db.heads, db.events], async () => {
    const rows = await db.heads.toArray();
    rows.sort((a, b) => (b.current ?? 0) - (a.current ?? 0) || b.startedAt - a.startedAt);
    const spans: LogSpan[] = [];
    for (const row of rows) {
      const last = await db.events
        .where('[logid+seq]')
        .between([row.logid, Dexie.minKey], [row.logid, Dexie.maxKey])
        .last();
      spans.push({ ...row, last: Math.max(row.seq, last?.seq ?? -1) });
    }
    return spans;
  });
}

/**
 * The entries of a log from `from` to `to`, both included, read in pages; each page is a read of its
 * own, so writers never wait.
 */
export async function* eventsOf(
  db: CountersignDb,
  logid: string,
  from: number,
  to: number,
): AsyncGenerator<EventRow> {
  let lower = from;
  for (;;) {
    const page = await db.events
      .where('[logid+seq]')
      .between([logid, lower], [logid, to], true, true)
      .limit(PAGE)
      .toArray();
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    lower = last.seq + 1;
  }
}

/** Every stored text, in pages. */
export async function* allContents(db: CountersignDb): AsyncGenerator<ContentRow> {
  let after = '';
  for (;;) {
    const page = await db.contents.where('commitment').above(after).limit(PAGE).toArray();
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.commitment;
  }
}

/** The endpoint's cursor and its newest receipt for a log. */
export async function endpointHeads(
  db: CountersignDb,
  logid: string,
): Promise<{ synced: Head | undefined; witnessed: Head | undefined }> {
  const cursor = await db.cursors.get(logid);
  const receipt = await db.receipts
    .where('[logid+seq]')
    .between([logid, Dexie.minKey], [logid, Dexie.maxKey])
    .last();
  return {
    synced:
      cursor === undefined || cursor.ackedSeq < 0
        ? undefined
        : { logid, seq: cursor.ackedSeq, hash: cursor.ackedHash },
    witnessed: receipt && { logid, seq: receipt.seq, hash: receipt.hash },
  };
}
