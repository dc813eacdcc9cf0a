import { Dexie } from 'dexie';
import type { EventRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';

/** How long before an item its output may have been seen, in milliseconds: outputs are matched for hours. */
const OUTPUT_MS = 24 * 60 * 60 * 1000;
/** Most entries without an item that are looked through for its output. */
const MAX_LOOKED_AT = 5_000;

/** All entries of an item, in the order of the trail. */
export async function itemTrail(db: CountersignDb, itemId: string): Promise<EventRow[]> {
  const rows = await db.events
    .where('[itemId+time+logid+seq]')
    .between([itemId, Dexie.minKey], [itemId, Dexie.maxKey])
    .toArray();
  // A clock may be set back, numbers never: times only order the logs.
  const logs = [...new Set(rows.map((row) => row.logid))];
  return rows.sort((a, b) => logs.indexOf(a.logid) - logs.indexOf(b.logid) || a.seq - b.seq);
}

/** The entry that tells of an output, at most a day before `until`; undefined when there is none. */
export async function outputEntry(
  db: CountersignDb,
  outputId: string,
  until: number,
): Promise<EventRow | undefined> {
  const name = `"outputId":${JSON.stringify(outputId)}`;
  return db.events
    .where('[itemId+time+logid+seq]')
    .between(['', until - OUTPUT_MS], ['', until, Dexie.maxKey])
    .reverse()
    .limit(MAX_LOOKED_AT)
    .filter((row) => row.type === 'output.observed' && row.raw.includes(name))
    .first();
}
