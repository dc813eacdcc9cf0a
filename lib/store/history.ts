import { Dexie } from 'dexie';
import { commitmentsIn } from '../audit/commitment.ts';
import { readEvent, type TrailEvent } from '../audit/event-read.ts';
import type { ContentRow, EventRow, Outcome } from './rows.ts';
import type { CountersignDb } from './schema.ts';
import { readSeen, SEEN_FIELD, type SeenAtDecision } from './seen.ts';

/** The place of an entry in History: pages go on from it. */
export interface PageKey {
  time: number;
  logid: string;
  seq: number;
}

/** Which entries; every part that is given must hold. Times in milliseconds since 1970. */
export interface HistoryFilter {
  person?: string;
  outcome?: Outcome;
  siteId?: string;
  /** First moment, included. */
  from?: number;
  /** Last moment, included. */
  to?: number;
  /** All events of one item, also those that History does not list: its timeline. */
  itemId?: string;
}

export interface HistoryQuery {
  /** Where the page before ended (`next` of it); null for the newest. */
  before: PageKey | null;
  limit: number;
  filter: HistoryFilter;
}

export interface HistoryPage {
  /** Newest first. */
  rows: EventRow[];
  /** True exactly when another page has at least one row. */
  hasMore: boolean;
  /** `before` of the next page; null when there is none. */
  next: PageKey | null;
}

/** The index that answers a filter in one range read, and the values its key begins with. */
function indexFor(filter: HistoryFilter): { names: string[]; values: (string | number)[] } {
  if (filter.itemId !== undefined) return { names: ['itemId'], values: [filter.itemId] };
  const names: string[] = filter.outcome === undefined ? ['shown'] : ['outcome'];
  const values: (string | number)[] = [filter.outcome ?? 1];
  if (filter.person !== undefined) {
    names.push('actor');
    values.push(filter.person);
  }
  if (filter.siteId !== undefined) {
    names.push('siteId');
    values.push(filter.siteId);
  }
  return { names, values };
}

/** One page by key, never by offset: as quick at the end of the trail as at its beginning. */
export async function historyPage(db: CountersignDb, query: HistoryQuery): Promise<HistoryPage> {
  const { before, limit, filter } = query;
  const { names, values } = indexFor(filter);
  const index = `[${[...names, 'time', 'logid', 'seq'].join('+')}]`;
  const lower = [...values, filter.from ?? Dexie.minKey];
  const until = filter.to ?? Number.MAX_SAFE_INTEGER;
  const upper =
    before === null || before.time > until
      ? [...values, until, Dexie.maxKey]
      : [...values, before.time, before.logid, before.seq];
  let rows = db.events.where(index).between(lower, upper, true, false).reverse();
  if (filter.itemId !== undefined) {
    const { person, outcome, siteId } = filter;
    rows = rows.filter(
      (row) =>
        (person === undefined || row.actor === person) &&
        (outcome === undefined || row.outcome === outcome) &&
        (siteId === undefined || row.siteId === siteId),
    );
  }
  const found = await rows.limit(limit + 1).toArray();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const hasMore = found.length > limit;
  const next =
    hasMore && last !== undefined ? { time: last.time, logid: last.logid, seq: last.seq } : null;
  return { rows: page, hasMore, next };
}

/** An entry of the trail with everything that is still known of it. */
export interface Entry {
  row: EventRow;
  /** The raw event, read; null when it can't be read any more (`verify` says why). */
  event: TrailEvent | null;
  /** Texts that the event names and that are here, e.g. `draft`, `edited`, `note`. */
  contents: ContentRow[];
  /** Commitments whose text was erased or is not on this device. */
  missing: string[];
  /** What the person saw when deciding; null when the event names none or it is gone. */
  seen: SeenAtDecision | null;
}

/** The entry at a place of a log; null when there is none. */
export async function entryAt(
  db: CountersignDb,
  logid: string,
  seq: number,
): Promise<Entry | null> {
  return db.transaction('r', [db.events, db.contents], async () => {
    const row = await db.events.get([logid, seq]);
    if (row === undefined) return null;
    const read = readEvent(row.raw);
    const named = read.ok ? commitmentsIn(read.event.data) : [];
    const found = await db.contents.bulkGet(named);
    const contents = found.filter((content) => content !== undefined);
    const missing = named.filter((_, index) => found[index] === undefined);
    const seenText = contents.find((content) => content.field === SEEN_FIELD)?.text;
    return {
      row,
      event: read.ok ? read.event : null,
      contents,
      missing,
      seen: seenText === undefined ? null : readSeen(seenText),
    };
  });
}
