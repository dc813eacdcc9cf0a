import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventType } from '../domain/event.ts';
import type { HistoryFilter, PageKey } from './history.ts';
import type { EventRow } from './rows.ts';
import { draft, freshName, testEnv, testItem } from './store.test-support.ts';
import { openStore, type Store } from './store.ts';

const SIZE = 5_000;
const PEOPLE = ['Ana', 'Ben', 'Cem'];
const SITES = ['desk', 'mail'];
const TYPES: EventType[] = [
  'decision.approved',
  'decision.edited',
  'send.unreviewed',
  'item.changed',
];
let store: Store;
let all: EventRow[];

beforeAll(async () => {
  store = openStore(freshName());
  const env = testEnv('', 1_000_000);
  const rows: EventRow[] = [];
  for (const [who, name] of PEOPLE.entries()) {
    await store.commit({ ...env, actor: { name, declared: true } }, async (tx) => {
      for (let n = who; n < SIZE; n += PEOPLE.length) {
        const type = TYPES[(n * 7) % TYPES.length] ?? 'item.changed';
        const siteId = SITES[(n * 5) % SITES.length] ?? '';
        rows.push(await tx.append(draft(type, { siteId }, `item-${n % 97}`)));
      }
    });
  }
  all = rows.reverse();
}, 60_000);
afterAll(() => store.close());

async function readAll(filter: HistoryFilter, limit: number): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  let before: PageKey | null = null;
  for (;;) {
    const page = await store.historyPage({ before, limit, filter });
    rows.push(...page.rows);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    expect(page.hasMore).toBe(page.next !== null);
    if (page.next === null) return rows;
    expect(page.rows).toHaveLength(limit);
    before = page.next;
  }
}

const OUTCOME: { readonly [type: string]: string } = {
  'decision.approved': 'approved',
  'decision.edited': 'edited',
  'send.unreviewed': 'unreviewed',
};
const half = 1_000_000 + SIZE / 2;
const filters: [string, HistoryFilter][] = [
  ['nothing', {}],
  ['a person', { person: 'Ben' }],
  ['an outcome', { outcome: 'edited' }],
  ['a site', { siteId: 'mail' }],
  ['person and outcome', { person: 'Ana', outcome: 'approved' }],
  ['person and site', { person: 'Cem', siteId: 'desk' }],
  ['outcome and site', { outcome: 'unreviewed', siteId: 'desk' }],
  ['all three', { person: 'Ana', outcome: 'edited', siteId: 'mail' }],
  ['a first moment', { from: half }],
  ['a last moment', { to: half, person: 'Ana' }],
  ['a span', { from: half, to: half + 100, outcome: 'approved' }],
  ['an item', { itemId: 'item-3' }],
  ['an item and a person', { itemId: 'item-3', person: 'Ben' }],
  ['nobody', { person: 'Eve' }],
];

test.each(filters)('pages by %s hold every entry once, newest first', async (_name, filter) => {
  const expected = all.filter(
    (row) =>
      (filter.itemId === undefined
        ? OUTCOME[row.type] !== undefined
        : row.itemId === filter.itemId) &&
      (filter.person === undefined || row.actor === filter.person) &&
      (filter.outcome === undefined || OUTCOME[row.type] === filter.outcome) &&
      (filter.siteId === undefined || row.siteId === filter.siteId) &&
      (filter.from === undefined || row.time >= filter.from) &&
      (filter.to === undefined || row.time <= filter.to),
  );
  const rows = await readAll(filter, 333);
  expect(rows.map((row) => row.seq)).toEqual(expected.map((row) => row.seq));
});

test('hasMore is true exactly when a row follows', async () => {
  const first = await store.historyPage({ before: null, limit: 1, filter: { person: 'Ana' } });
  const oneLeft = await readAll({ person: 'Ana' }, 1_000);
  const exact = await store.historyPage({
    before: null,
    limit: oneLeft.length,
    filter: { person: 'Ana' },
  });
  expect(first.hasMore).toBe(true);
  expect(exact.hasMore).toBe(false);
  expect(exact.next).toBeNull();
});

test('a page begins at the last moment of the filter, also after a newer place', async () => {
  const newest = await store.historyPage({ before: null, limit: 1, filter: {} });
  const filter = { to: half };
  const [here, there] = await Promise.all([
    store.historyPage({ before: null, limit: 9, filter }),
    store.historyPage({ before: newest.next, limit: 9, filter }),
  ]);
  expect(there.rows.map((row) => row.seq)).toEqual(here.rows.map((row) => row.seq));
});

test('filters are offered from kept names', async () => {
  expect(await store.people()).toEqual(PEOPLE);
  expect(await store.sites()).toEqual(SITES);
});

test('the queue: pending first, then risk, then age; closed items leave it', async () => {
  const env = testEnv();
  const items = [
    testItem('old-low', { createdAt: 1 }),
    testItem('new-high', { tier: 'high', createdAt: 9 }),
    testItem('old-high', { tier: 'high', createdAt: 2 }),
    testItem('locked', { tier: 'locked', createdAt: 9 }),
    testItem('deferred', { tier: 'locked', state: 'deferred' }),
    testItem('escalated', { state: 'escalated' }),
    testItem('done', { state: 'approved' }),
  ];
  await store.commit(env, async (tx) => {
    for (const item of items) await tx.items.put(item);
  });
  const ids = async (limit: number) => (await store.queueItems(limit)).map((item) => item.id);
  const open = ['locked', 'old-high', 'new-high', 'old-low', 'escalated', 'deferred'];
  expect(await ids(10)).toEqual(open);
  expect(await ids(2)).toEqual(open.slice(0, 2));
  expect((await store.counts(0)).waiting).toBe(6);
  await store.commit(env, async (tx) => {
    const item = await tx.items.get('locked');
    if (item !== undefined) await tx.items.put({ ...item, state: 'rejected' });
    const back = await tx.items.get('done');
    if (back !== undefined) await tx.items.put({ ...back, state: 'pending' });
  });
  expect(await ids(3)).toEqual(['old-high', 'new-high', 'done']);
  expect((await store.counts(0)).waiting).toBe(6);
  expect((await store.itemsByComposer('composer-done')).map((item) => item.id)).toEqual(['done']);
});

test('old outputs go, unless an item came from them', async () => {
  const env = testEnv();
  const output = (id: string, at: number) => ({
    id,
    at,
    tabId: 7,
    origin: 'https://chat.example',
    pageUrl: 'https://chat.example/1',
    fingerprint: Uint32Array.of(1, 2),
    wordRule: 1,
    output: {
      id,
      at,
      text: 'x',
      evidence: ['network' as const],
      finish: 'complete' as const,
      finishDetail: null,
      protocol: 'openai-chat',
      model: null,
      usage: null,
      latency: { firstByteMs: null, totalMs: null },
      citations: [],
      tokens: null,
      declaredConfidence: null,
      truncated: false,
    },
  });
  await store.commit(env, async (tx) => {
    await tx.outputs.put(output('old', 1));
    await tx.outputs.put(output('used', 2));
    await tx.outputs.put(output('new', 50));
    await tx.items.put(testItem('of-used', { outputId: 'used' }));
    expect(await tx.outputs.prune(50)).toEqual(['old']);
  });
  expect(await store.outputById('old')).toBeUndefined();
  expect((await store.unusedOutputsOfTab(7, 9)).map((row) => row.id)).toEqual(['new']);
  expect((await store.outputsSince(50)).map((row) => row.id)).toEqual(['new']);
  expect((await store.outputById('used'))?.fingerprint).toEqual(Uint32Array.of(1, 2));
});
