import { Dexie } from 'dexie';
import { rankOf } from './counters.ts';
import type { ItemRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';

/** What was erased. */
export interface Erased {
  items: number;
  /** Texts that entries of the trail commit to. */
  texts: number;
}

/** Items looked at in one transaction. */
const BATCH = 200;

/**
 * Erases the texts of items on which nothing happened since `before` and nothing is left to decide:
 * drafts, edits, notes, what was seen, sources, checks and the AI's answer. Entries of the trail stay.
 * With `onlyAcked` only of items whose every entry the endpoint has acknowledged. At most `BATCH` items;
 * runs inside the caller's transaction.
 */
export async function eraseContents(
  db: CountersignDb,
  { before, onlyAcked }: { before: number; onlyAcked: boolean },
): Promise<Erased> {
  const old = await db.items
    .where('updatedAt')
    .below(before)
    .filter((item) => rankOf(item) === null)
    .limit(BATCH)
    .toArray();
  const erased: Erased = { items: 0, texts: 0 };
  const acked = new Map((await db.cursors.toArray()).map((row) => [row.logid, row.ackedSeq]));
  for (const item of old) {
    if (onlyAcked && !(await isAcked(db, item.id, acked))) continue;
    const texts = await eraseItem(db, item);
    if (texts === null) continue;
    erased.items += 1;
    erased.texts += texts;
  }
  return erased;
}

async function isAcked(
  db: CountersignDb,
  itemId: string,
  acked: ReadonlyMap<string, number>,
): Promise<boolean> {
  const waiting = await db.events
    .where('[itemId+time+logid+seq]')
    .between([itemId, Dexie.minKey], [itemId, Dexie.maxKey])
    .filter(({ logid, seq }) => seq > (acked.get(logid) ?? -1))
    .first();
  return waiting === undefined;
}

/** How many committed texts went; null when an effect is still under way, which needs them. */
async function eraseItem(
  db: CountersignDb,
  { id, outputId, case: item }: ItemRow,
): Promise<number | null> {
  const effects = db.effects.where('itemId').equals(id);
  if (
    (await effects.filter(({ state, waits }) => state === 'pending' && waits !== true).count()) > 0
  )
    return null;
  const texts = await db.contents.where('itemId').equals(id).delete();
  await db.effects.where('itemId').equals(id).delete();
  const { caseId = '' } = item ?? {};
  await db.caseOutbox.delete(caseId);
  await db.sources.delete(id);
  await db.assessments
    .where('[itemId+version]')
    .between([id, Dexie.minKey], [id, Dexie.maxKey])
    .delete();
  await db.items.delete(id);
  if ((await db.items.where('outputId').equals(outputId).count()) === 0)
    await db.outputs.delete(outputId);
  return texts;
}
