import { Dexie } from 'dexie';
import { lesserLevel, type ContentLevel } from '../domain/content-level.ts';
import type { KeptText } from '../redact/outgoing.ts';
import { decisionTextsOf } from './content-texts.ts';
import type { ContentSyncState, LevelMark } from './rows.ts';
import type { CountersignDb } from './schema.ts';

/** Texts to send next: all of entries up to `through` that may leave. */
export interface UnsentContents {
  logid: string;
  /** The last entry that was looked at; once the texts are held there, the cursor stands here. */
  through: number;
  entries: { seq: number; level: ContentLevel; texts: KeptText[] }[];
}

/** Entries looked at in one go. */
const SCAN = 200;

/** How sending texts stands before anything was tried. */
export const NO_CONTENT_SENT: ContentSyncState = {
  endpoint: '',
  marks: [],
  sent: [],
  nextAt: 0,
  attempt: 0,
  lastProblem: null,
  lastOkAt: null,
  refused: 0,
};

/** Level changes that are remembered; of entries before the oldest nothing is sent any more. */
const MAX_MARKS = 200;

/** How sending texts stands. */
export async function contentSyncState(db: CountersignDb): Promise<ContentSyncState> {
  const row = await db.contentSync.get('state');
  if (row === undefined) return NO_CONTENT_SENT;
  const { key: _key, ...state } = row;
  return state;
}

/** Changes parts of it. */
export async function patchContentSync(
  db: CountersignDb,
  patch: Partial<ContentSyncState>,
): Promise<void> {
  await db.transaction('rw', db.contentSync, async () => {
    await db.contentSync.put({ ...(await contentSyncState(db)), ...patch, key: 'state' });
  });
}

/**
 * Says at which level texts leave from the next entry on, and where to. What was written under a lower
 * level stays here for ever, and another endpoint gets nothing from before: raising a level is no consent
 * to what it was not raised for.
 */
export async function useContentLevel(
  db: CountersignDb,
  endpoint: string,
  level: ContentLevel,
): Promise<void> {
  await db.transaction('rw', [db.contentSync, db.heads], async () => {
    const kept = await contentSyncState(db);
    const state = kept.endpoint === endpoint ? kept : { ...NO_CONTENT_SENT, endpoint };
    if (state === kept && (kept.marks.at(-1)?.level ?? 'ids') === level) return;
    const head = await db.heads.where('current').equals(1).first();
    const mark = { logid: head?.logid ?? '', seq: (head?.seq ?? -1) + 1, level };
    const marks = [...state.marks, mark].slice(-MAX_MARKS);
    await db.contentSync.put({ ...state, marks, key: 'state' });
  });
}

/**
 * The oldest texts that may leave at `level` and are not held by the endpoint, of entries that it has
 * acknowledged. Null when there are none.
 */
export async function unsentContents(
  db: CountersignDb,
  level: ContentLevel,
  limit: number,
): Promise<UnsentContents | null> {
  if (level === 'ids') return null;
  const tables = [db.contentSync, db.heads, db.cursors, db.events, db.contents];
  return db.transaction('r', tables, async () => {
    const { marks, sent } = await contentSyncState(db);
    const logs = (await db.heads.toArray()).sort((a, b) => a.startedAt - b.startedAt);
    const order = new Map(logs.map(({ logid }, at) => [logid, at]));
    for (const { logid } of logs) {
      const acked = (await db.cursors.get(logid))?.ackedSeq ?? -1;
      const from = (sent.find((each) => each.logid === logid)?.seq ?? -1) + 1;
      const start = firstSent(marks, order, logid, from);
      if (start > acked) continue;
      return scan(db, { logid, start, acked, limit }, (seq) =>
        lesserLevel(levelAt(marks, order, logid, seq), level),
      );
    }
    return null;
  });
}

async function scan(
  db: CountersignDb,
  { logid, start, acked, limit }: { logid: string; start: number; acked: number; limit: number },
  levelOf: (seq: number) => ContentLevel,
): Promise<UnsentContents> {
  const rows = await db.events
    .where('[logid+seq]')
    .between([logid, start], [logid, acked], true, true)
    .limit(SCAN)
    .toArray();
  const entries: UnsentContents['entries'] = [];
  let through = rows.length < SCAN ? acked : (rows.at(-1)?.seq ?? acked);
  for (const row of rows) {
    const level = levelOf(row.seq);
    const texts = level === 'ids' ? [] : await decisionTextsOf(db, row);
    if (texts.length === 0) continue;
    entries.push({ seq: row.seq, level, texts });
    if (entries.length < limit) continue;
    through = row.seq;
    break;
  }
  return { logid, through, entries };
}

/** Whether a mark stands at or before an entry; logs follow each other in `order`. */
function isBefore(
  mark: LevelMark,
  order: ReadonlyMap<string, number>,
  logid: string,
  seq: number,
): boolean {
  if (mark.logid === logid) return mark.seq <= seq;
  return (order.get(mark.logid) ?? -1) < (order.get(logid) ?? -1);
}

function levelAt(
  marks: readonly LevelMark[],
  order: ReadonlyMap<string, number>,
  logid: string,
  seq: number,
): ContentLevel {
  return marks.findLast((mark) => isBefore(mark, order, logid, seq))?.level ?? 'ids';
}

/** The first entry from `from` on of which anything may leave; years of `ids` are not read one by one. */
function firstSent(
  marks: readonly LevelMark[],
  order: ReadonlyMap<string, number>,
  logid: string,
  from: number,
): number {
  if (levelAt(marks, order, logid, from) !== 'ids') return from;
  const next = marks.find(
    (mark) => mark.logid === logid && mark.seq > from && mark.level !== 'ids',
  );
  return next?.seq ?? Infinity;
}

/** Moves the cursor of a log: texts up to `seq` are held there, or there is nothing to send. */
export async function contentsSent(
  db: CountersignDb,
  logid: string,
  seq: number,
  patch: Partial<ContentSyncState>,
): Promise<void> {
  await db.transaction('rw', db.contentSync, async () => {
    const state = await contentSyncState(db);
    const sent = [...state.sent.filter((each) => each.logid !== logid), { logid, seq }];
    await db.contentSync.put({ ...state, ...patch, sent, key: 'state' });
  });
}

/** The endpoint was set back: what it may have lost is sent again. Inside the caller's transaction. */
export async function contentsSetBack(db: CountersignDb, logid: string, seq: number) {
  await db.contentSync
    .where('key')
    .equals('state')
    .modify((state) => {
      state.sent = state.sent
        .filter((each) => each.logid === logid)
        .map((each) => ({ logid, seq: Math.min(each.seq, seq) }));
    });
}

/** A real decision of this device with its texts, newest first and an edit if there is one; null for none. */
export async function contentExample(
  db: CountersignDb,
): Promise<{ logid: string; seq: number; raw: string; texts: KeptText[] } | null> {
  return db.transaction('r', [db.events, db.contents], async () => {
    for (const index of ['outcome', 'shown'] as const) {
      const first = index === 'outcome' ? 'edited' : 1;
      const rows = await db.events
        .where(`[${index}+time+logid+seq]`)
        .between([first, Dexie.minKey], [first, Dexie.maxKey])
        .reverse()
        .limit(20)
        .toArray();
      for (const row of rows) {
        const texts = await decisionTextsOf(db, row);
        if (texts.length > 0) return { logid: row.logid, seq: row.seq, raw: row.raw, texts };
      }
    }
    return null;
  });
}
