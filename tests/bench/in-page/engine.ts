import { assess } from '../../../lib/assess/assess.ts';
import { keepingReader, readSources } from '../../../lib/assess/read-sources.ts';
import { DEFAULT_POLICY } from '../../../lib/domain/default-policy.ts';
import type { EventType } from '../../../lib/domain/event.ts';
import type { Head } from '../../../lib/audit/leaf.ts';
import type { EventRow } from '../../../lib/store/rows.ts';
import { openStore, type Store } from '../../../lib/store/store.ts';
import { draft, testAssessment, testEnv, testItem } from '../../../lib/store/store.test-support.ts';
import type { TrailTx } from '../../../lib/store/trail-tx.ts';
import { benchDraft, benchSources } from '../../assess/bench-texts.ts';

/** The store and the assessment in a real browser, beside raw IndexedDB. Times in milliseconds. */

const PEOPLE = ['Mia', 'Jonas', 'Aylin', 'Tomas', 'Ines'];
const SITES = ['desk', 'mail', 'tickets'];
const OUTCOMES: readonly EventType[] = [
  'decision.approved',
  'decision.approved',
  'decision.edited',
  'decision.rejected',
  'decision.escalated',
];
/** When the made-up trail begins. */
const STARTED_AT = Date.UTC(2026, 0, 1);
const TEXT = 'We have sent a new parcel to your address today, and it will reach you on Friday. ';

const pick = <T>(from: readonly T[], at: number): T => {
  const found = from.at(at % from.length);
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function opened(name: string, upgrade: (db: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error(request.error?.message));
  });
}

/** The rows with the highest keys, oldest first. */
function lastRows(db: IDBDatabase, count: number): Promise<EventRow[]> {
  return new Promise((resolve) => {
    const rows: EventRow[] = [];
    const cursor = db.transaction('events').objectStore('events').openCursor(null, 'prev');
    cursor.onsuccess = () => {
      const { result } = cursor;
      if (result === null || rows.length === count) return resolve(rows.reverse());
      rows.push(result.value as EventRow);
      result.continue();
    };
  });
}

/** One strict transaction that adds rows, with nothing between us and IndexedDB. */
function rawAdd(db: IDBDatabase, rows: readonly EventRow[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = db.transaction('events', 'readwrite', { durability: 'strict' });
    tx.oncomplete = () => resolve();
    tx.onerror = () => reject(new Error(tx.error?.message));
    const store = tx.objectStore('events');
    for (const row of rows) store.add(row);
  });
}

/** A store of ours, and two raw databases: with the same indices on the events, and with none. */
async function beside(name: string) {
  const store = openStore(name);
  await store.head();
  const own = await opened(name, () => undefined);
  const indices = own.transaction('events').objectStore('events');
  const paths = [...indices.indexNames].map(
    (index) => [index, indices.index(index).keyPath] as const,
  );
  const key = ['logid', 'seq'];
  const indexed = await opened(`${name}-indexed`, (db) => {
    const events = db.createObjectStore('events', { keyPath: key });
    for (const [index, path] of paths) events.createIndex(index, path);
  });
  const bare = await opened(`${name}-bare`, (db) => {
    db.createObjectStore('events', { keyPath: key });
  });
  return {
    store,
    own,
    indexed,
    bare,
    end() {
      store.close();
      for (const db of [own, indexed, bare]) {
        db.close();
        indexedDB.deleteDatabase(db.name);
      }
    },
  };
}

/** What a decision writes: item, event, two texts, effect. */
async function decide(tx: TrailTx, at: number): Promise<void> {
  const itemId = `item-${at}`;
  await tx.items.put(testItem(itemId, { state: 'approved', draft: TEXT.repeat(12) }));
  const named = await tx.content(itemId, 'draft', 1, TEXT.repeat(12));
  const seen = await tx.content(
    itemId,
    'seen',
    1,
    JSON.stringify(testAssessment) + TEXT.repeat(30),
  );
  await tx.append(
    draft('decision.approved', { siteId: 'desk', draft: { ...named }, seen: { ...seen } }, itemId),
  );
  await tx.effects.put({
    decisionId: `decision-${at}`,
    itemId,
    act: 'release',
    state: 'pending',
    reason: '',
    dropped: [],
    text: '',
    shownHash: 'h',
    at,
  });
}

/** The trail of four events that one item leaves. */
async function lifeOf(tx: TrailTx, at: number, withItem: boolean): Promise<void> {
  const itemId = `item-${at}`;
  const siteId = pick(SITES, at);
  const data = {
    siteId,
    version: 1,
    tier: 'low',
    model: 'bench',
    rules: ['amount'],
    visibleMs: at,
  };
  if (withItem)
    await tx.items.put(testItem(itemId, { siteId, state: 'delivered', subject: `Case ${at}` }));
  for (const type of [
    'item.opened',
    pick(OUTCOMES, at),
    'effect.applied',
    'delivery.match',
  ] as const)
    await tx.append(draft(type, data, itemId));
}

let product: Store | null = null;
/** The extension's own database, as its panel reads it. */
const productStore = (): Store => (product ??= openStore());

const unsynced = async () => (await productStore().counts(Date.now())).unsynced;

const engine = {
  /**
   * A 2 kB draft against 20 kB of sources, with a policy as shipped: sources seen for the first time, or
   * `again` beside another draft, as while a person edits.
   */
  assess(count: number, again: boolean): number[] {
    const read = again ? keepingReader(250_000) : readSources;
    const sources = benchSources();
    const times: number[] = [];
    for (let at = 0; at < count; at += 1) {
      const text = benchDraft(at);
      const start = performance.now();
      assess({ draft: text, output: null, matchShare: 0, sources, policy: DEFAULT_POLICY, read });
      times.push(performance.now() - start);
    }
    return times;
  },

  /** One decision by the store, then its event row alone added raw to a table with the same indices. */
  async strict(count: number): Promise<{ own: number[]; raw: number[] }> {
    const dbs = await beside('bench-strict');
    const env = testEnv();
    const own: number[] = [];
    const raw: number[] = [];
    for (let at = -3; at < count; at += 1) {
      const ours = await timed(() => dbs.store.commit(env, (tx) => decide(tx, at)));
      const rows = await lastRows(dbs.own, 1);
      const theirs = await timed(() => rawAdd(dbs.indexed, rows));
      if (at < 0) continue;
      own.push(ours);
      raw.push(theirs);
    }
    dbs.end();
    return { own, raw };
  },

  /** `per` events in one commit, then the same rows raw: with the same indices, and with none. */
  async bulk(
    count: number,
    per: number,
  ): Promise<{ own: number[]; indexed: number[]; bare: number[] }> {
    const dbs = await beside('bench-bulk');
    const env = testEnv();
    const own: number[] = [];
    const indexed: number[] = [];
    const bare: number[] = [];
    for (let at = -1; at < count; at += 1) {
      const ours = await timed(() =>
        dbs.store.commit(env, async (tx) => {
          for (let each = 0; each < per / 4; each += 1) await lifeOf(tx, at * per + each, false);
        }),
      );
      const rows = await lastRows(dbs.own, per);
      const same = await timed(() => rawAdd(dbs.indexed, rows));
      const none = await timed(() => rawAdd(dbs.bare, rows));
      if (at < 0) continue;
      own.push((per * 1000) / ours);
      indexed.push((per * 1000) / same);
      bare.push((per * 1000) / none);
    }
    dbs.end();
    return { own, indexed, bare };
  },

  /** Appends items of four events each to the extension's own trail until it holds `total` events. */
  async fill(total: number): Promise<void> {
    const store = productStore();
    let at = (await store.head())?.seq ?? -1;
    const envs = PEOPLE.map((name, who) => testEnv(name, STARTED_AT + at * 60, 100 + who));
    const space = 1000 + Math.trunc(at / 4);
    while (at + 1 < total) {
      const env = pick(envs, Math.trunc(at / 400));
      const items = Math.min(100, Math.ceil((total - at - 1) / 4));
      const uuid = () => crypto.randomUUID();
      await store.commit({ ...env, uuid }, async (tx) => {
        for (let each = 0; each < items; each += 1) await lifeOf(tx, space + at + each, true);
      });
      at += items * 4;
    }
  },

  /** Strict decisions into the extension's own trail. */
  async decisions(count: number): Promise<number[]> {
    const store = productStore();
    const env = {
      ...testEnv(),
      uuid: () => crypto.randomUUID(),
      randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
    };
    const took: number[] = [];
    for (let at = 0; at < count; at += 1)
      took.push(await timed(() => store.commit(env, (tx) => decide(tx, Date.now() + at))));
    return took;
  },

  /** The same for as long as something is unsynced, at most `most`. */
  async decisionsWhileUnsynced(most: number): Promise<number[]> {
    const took: number[] = [];
    while (took.length < most && (await unsynced()) > took.length + 50)
      took.push(...(await engine.decisions(1)));
    return took;
  },

  /** Waits until the endpoint holds everything, at most `patience` milliseconds. */
  async drained(patience: number): Promise<{ rest: number; ms: number }> {
    const start = performance.now();
    for (;;) {
      const rest = await unsynced();
      const ms = performance.now() - start;
      if (rest === 0 || ms > patience) return { rest, ms };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },

  /** One page of 60 by the store alone: newest, a filter, and one from the middle. */
  async pages(count: number): Promise<{ newest: number[]; filtered: number[]; middle: number[] }> {
    const store = productStore();
    const read = (filter: object, before: Parameters<Store['historyPage']>[0]['before'] = null) =>
      store.historyPage({ before, limit: 60, filter });
    const last = (await read({})).rows.at(-1);
    if (last === undefined) throw new Error('The trail is empty');
    const halfway = { ...last, time: (STARTED_AT + last.time) / 2 };
    const newest: number[] = [];
    const filtered: number[] = [];
    const middle: number[] = [];
    for (let at = 0; at < count; at += 1) {
      const person = pick(PEOPLE, at);
      newest.push(await timed(() => read({})));
      filtered.push(await timed(() => read({ person, outcome: 'rejected', siteId: 'mail' })));
      middle.push(await timed(() => read({ person }, halfway)));
    }
    return { newest, filtered, middle };
  },

  /** The whole trail checked, and again since the end of that check. */
  async verify(): Promise<{ ms: number; sinceMs: number; state: string; count: number }> {
    const store = productStore();
    const start = performance.now();
    const verdict = await store.verify({ mirror: null, since: null });
    const ms = performance.now() - start;
    const head = await store.head();
    const since: Head[] = head === null ? [] : [head];
    await engine.fill((head?.seq ?? 0) + 1 + 20);
    const sinceMs = await timed(() => store.verify({ mirror: null, since }));
    return { ms, sinceMs, state: verdict.state, count: (head?.seq ?? -1) + 1 };
  },
};

/** What runs in a page of the extension. */
export type Engine = typeof engine;

Object.assign(globalThis, { engine });
