import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Head } from '../audit/leaf.ts';
import type { ContentRow, EventRow } from './rows.ts';
import { CountersignDb } from './schema.ts';
import { draft, freshName, testEnv } from './store.test-support.ts';
import { openStore, type Store } from './store.ts';

const SIZE = 40;
let store: Store;
let db: CountersignDb;
let mirror: Head;

beforeEach(async () => {
  const name = freshName();
  store = openStore(name);
  db = new CountersignDb(name);
  const env = testEnv();
  for (let n = 1; n < SIZE; n += 1) {
    await store.commit(env, async (tx) => {
      const text = await tx.content('item-1', 'draft', n, `Draft ${n}`);
      await tx.append(draft('decision.approved', { siteId: 'desk', draft: text.commitment }));
    });
  }
  const head = await store.head();
  if (head === null) throw new Error('There is a head');
  mirror = head;
});
afterEach(() => {
  db.close();
  store.close();
});

const check = () => store.verify({ mirror, since: null });

/** Breaks of the only log, as `kind meaning seq-to`. */
async function breaks(): Promise<string[]> {
  const { logs } = await check();
  return (logs[0]?.breaks ?? []).map(
    ({ kind, meaning, seq, to }) => `${kind} ${meaning} ${seq}-${to}`,
  );
}

async function change(seq: number, changes: Partial<EventRow>): Promise<void> {
  await db.events.update([mirror.logid, seq], changes);
}

test('untouched: verified n of n', async () => {
  expect(await check()).toMatchObject({
    state: 'verified',
    count: SIZE,
    total: SIZE,
    witnessed: 0,
    contents: { matching: SIZE - 1, missing: 0, unnamed: 0 },
  });
});

const fields: [string, Partial<EventRow>, string][] = [
  ['raw', { raw: '{}' }, 'changed unreadable 9-9'],
  ['hash', { hash: '00'.repeat(32) }, 'changed fingerprint 9-9'],
  ['id', { id: 'x' }, 'changed columns 9-9'],
  ['type', { type: 'decision.rejected' }, 'changed columns 9-9'],
  ['itemId', { itemId: 'item-2' }, 'changed columns 9-9'],
  ['actor', { actor: 'Eve' }, 'changed columns 9-9'],
  ['siteId', { siteId: 'mail' }, 'changed columns 9-9'],
  ['time', { time: 1 }, 'changed columns 9-9'],
  ['outcome', { outcome: 'rejected' }, 'changed columns 9-9'],
];

test.each(fields)('a changed %s of a row is named', async (_name, changes, expected) => {
  await change(9, changes);
  expect(await breaks()).toContain(expected);
});

test('an entry hidden from History is named', async () => {
  const row = await db.events.get([mirror.logid, 9]);
  if (row === undefined) throw new Error('There is an entry 9');
  const { shown: _shown, outcome: _outcome, ...hidden } = row;
  await db.events.put(hidden);
  expect(await breaks()).toEqual(['changed columns 9-9']);
});

test('a removed row, a cut tail and a moved row are named', async () => {
  const row = await db.events.get([mirror.logid, 9]);
  if (row === undefined) throw new Error('There is an entry 9');
  await db.events.delete([mirror.logid, 9]);
  expect(await breaks()).toEqual(['removed gap 9-9']);
  await db.events.put({ ...row, seq: SIZE });
  expect(await breaks()).toEqual(['removed gap 9-9', `swapped holds-other ${SIZE}-${SIZE}`]);
});

test('a cut tail is caught, also when the head row was cut with it', async () => {
  await db.events.where('[logid+seq]').between([mirror.logid, 30], [mirror.logid, []]).delete();
  expect(await breaks()).toEqual(['cut tail 30-39']);
  const last = await db.events.get([mirror.logid, 29]);
  await db.heads.update(mirror.logid, { seq: 29, hash: last?.hash ?? '' });
  expect(await breaks()).toEqual(['cut tail 30-39']);
});

test('a changed, forged or erased text is told apart', async () => {
  const rows = await store.contentsFor('item-1');
  const row = rows[4];
  if (row === undefined) throw new Error('There is a text');
  const put = (changes: Partial<ContentRow>) => db.contents.put({ ...row, ...changes });
  await put({ text: 'Another draft' });
  expect(await breaks()).toEqual(['changed content 5-5']);
  await db.contents.delete(row.commitment);
  expect(await check()).toMatchObject({
    state: 'verified',
    contents: { matching: SIZE - 2, missing: 1, unnamed: 0 },
  });
  await put({ commitment: `cs1:${'A'.repeat(43)}` });
  expect(await check()).toMatchObject({ state: 'broken', contents: { missing: 1, unnamed: 1 } });
});

test('a check since the last one reads only what came after', async () => {
  const whole = await check();
  const since = whole.logs.flatMap((log) => (log.last === null ? [] : [log.last]));
  const steps: [number, number][] = [];
  await store.commit(testEnv('Mia', 9_000_000_000_000, 2), (tx) => tx.append(draft('item.opened')));
  expect(
    await store.verify({
      mirror,
      since,
      onProgress: (done, total) => steps.push([done, total]),
    }),
  ).toMatchObject({ state: 'verified', count: 1, total: 1 });
  expect(steps).toEqual([[1, 1]]);
});
