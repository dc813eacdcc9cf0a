import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEvent } from '../audit/event-read.ts';
import { boundHash, type Bound } from '../domain/bound.ts';
import type { DecisionRequest } from '../domain/decision.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import type { Policy } from '../domain/policy.ts';
import { MessagingError } from '../messaging/errors.ts';
import { now } from '../platform/clock.ts';
import { randomBytes, traceId, uuid } from '../platform/random.ts';
import { fingerprint } from '../provenance/fingerprint.ts';
import { defaultSettings } from '../settings/catalog.ts';
import { inForce } from '../settings/in-force.ts';
import { freshName, testEnv, testItem } from '../store/store.test-support.ts';
import { openStore, type Store } from '../store/store.ts';
import { decideItem } from './decide-item.ts';
import { createOutputPool } from './pool.ts';
import { recordSend } from './record-send.ts';
import type { Worker } from './worker.ts';

const LOCKS: Policy = {
  ...DEFAULT_POLICY,
  rules: [
    ...DEFAULT_POLICY.rules,
    {
      id: 'words-locked',
      when: 'words-listed',
      value: null,
      words: ['liability'],
      tier: 'locked',
      says: 'The draft speaks of liability.',
    },
    {
      id: 'words-careful',
      when: 'words-listed',
      value: null,
      words: ['guarantee'],
      tier: 'high',
      says: 'The draft guarantees something.',
    },
  ],
};

const ANSWER =
  'Hello Ana, we found your amber parcel at the birch depot, on the shelf beside the cedar gate. It leaves with the next van, and our driver will ring you before he stops at your door.';

let store: Store;
let worker: Worker;

beforeEach(() => {
  store = openStore(freshName());
  worker = {
    store,
    pool: createOutputPool(store, now),
    policy: LOCKS,
    settings: () => Promise.resolve(defaultSettings()),
    inForce: () => Promise.resolve(inForce({}, {})),
    callPage: () => Promise.reject(new MessagingError('no-receiver', 'No page here')),
    now,
    uuid,
    traceId,
    randomBytes,
    extensionVersion: '0.1.0',
    committed: () => undefined,
  };
});
afterEach(() => store.close());

const edit = (editedText: string, settled: string[] = []): DecisionRequest => ({
  decisionId: 'd1',
  itemId: 'i1',
  verb: 'edit',
  version: 1,
  shownHash: 'h',
  editedText,
  settled,
  reasons: [],
  note: '',
  deferUntil: null,
  dwell: { visibleMs: 1, openMs: 1 },
});

async function events() {
  const { rows } = await store.historyPage({ before: null, limit: 50, filter: {} });
  return rows.flatMap(({ raw }) => {
    const read = readEvent(raw);
    return read.ok ? [read.event] : [];
  });
}

const decision = async () =>
  (await events()).find((event) => event.type.includes('decision.edited'))?.data;

test('an edit is judged by the text that it makes: a locked one is refused and nothing recorded', async () => {
  await store.commit(testEnv(), (tx) => tx.items.put(testItem('i1', { tier: 'medium' })));
  expect(await decideItem(worker, edit('We accept liability for the loss.'))).toMatchObject({
    ok: false,
    refusal: 'forbidden-by-tier',
  });
  expect((await store.item('i1'))?.state).toBe('pending');
  expect(await store.effect('d1')).toBeUndefined();
  expect(await decision()).toBeUndefined();
});

test('an edit is recorded with the tier and the rules of its own text', async () => {
  await store.commit(testEnv(), (tx) => tx.items.put(testItem('i1')));
  const settled = ['s:Weguaranteethatitcomes.'];
  expect(await decideItem(worker, edit('We guarantee that it comes.', settled))).toEqual({
    ok: true,
  });
  const data = await decision();
  expect(data).toMatchObject({ tier: 'high', settled: 1 });
  expect(data?.['rules']).toContain('words-careful');
});

test('an edit that did not settle what is flagged in its text is refused and nothing recorded', async () => {
  await store.commit(testEnv(), (tx) => tx.items.put(testItem('i1')));
  const refused = { ok: false, refusal: 'unsettled-flags', detail: '' };
  for (const settled of [[], ['s:Wehopethatitcomes.']])
    expect(await decideItem(worker, edit('We guarantee that it comes.', settled))).toEqual(refused);
  expect((await store.item('i1'))?.state).toBe('pending');
  expect(await store.effect('d1')).toBeUndefined();
  expect(await decision()).toBeUndefined();
});

test('after an edit what is known is known of the text that stands there now', async () => {
  const draft = 'We pay EUR 120.';
  const before = testItem('i1', {
    tier: 'high',
    draft,
    bound: boundOf(draft),
    place: { tabId: 1, frameId: 0, documentId: 'd', composerId: 'c' },
  });
  const request = edit('We wish you a nice day.');
  const item = { ...before, boundHash: boundHash(before.bound) };
  await store.commit(testEnv(), (tx) => tx.items.put(item));
  worker.callPage = (() =>
    Promise.resolve({
      state: 'applied',
      reason: '',
      dropped: [],
      bound: boundOf('We wish you a nice day.'),
    })) as Worker['callPage'];
  expect(await decideItem(worker, { ...request, shownHash: item.boundHash })).toEqual({ ok: true });
  const after = await store.item('i1');
  expect(after).toMatchObject({ draft: 'We wish you a nice day.', effect: 'applied', version: 2 });
  const known = await store.assessmentFor('i1', 2);
  expect(known?.facts).toEqual([]);
  expect(known?.statements.map(({ start, end }) => after?.draft.slice(start, end))).toEqual([
    'We wish you a nice day.',
  ]);
  expect(after?.tier).toBe(known?.tier);
});

const boundOf = (text: string): Bound => ({
  text,
  links: [],
  kind: 'reply',
  recipients: null,
  attachments: null,
});

const sender = {
  caller: 'content',
  origin: 'https://desk.example',
  tabId: 1,
  frameId: 0,
  documentId: 'd',
  windowId: 1,
} as const;

const sends = (
  text: string,
  sendId: string,
  action: 'pass' | 'pass-unguarded' = 'pass-unguarded',
) =>
  recordSend(
    worker,
    { sendId, composerId: 'c', itemId: null, action, via: 'key', bound: boundOf(text) },
    sender,
  );

test('what leaves before it was judged is matched: AI text is said to have left unreviewed', async () => {
  await worker.pool.add('o1', fingerprint(ANSWER), now());
  await sends(ANSWER, 's1');
  await sends(ANSWER, 's1');
  const [item, ...more] = await store.itemsByComposer('c');
  expect(more).toEqual([]);
  expect(item).toMatchObject({
    state: 'delivered',
    delivery: 'unseen',
    outputId: 'o1',
    boundHash: boundHash(boundOf(ANSWER)),
  });
  expect((await events()).filter(({ type }) => type.includes('send.unreviewed'))).toHaveLength(1);
  const again = await worker.pool.match({ blocks: [{ text: ANSWER, role: 'body' }], exclude: [] });
  expect(again?.outputId).toBe('o1');
});

test('a composer that has the item already gets no second one', async () => {
  await worker.pool.add('output-1', fingerprint(ANSWER), now());
  const place = { tabId: 1, frameId: 0, documentId: 'd', composerId: 'c' };
  await store.commit(testEnv(), (tx) => tx.items.put(testItem('i1', { place })));
  await sends(ANSWER, 's1');
  expect((await store.itemsByComposer('c')).map(({ id, state }) => [id, state])).toEqual([
    ['i1', 'delivered'],
  ]);
});

test('unjudged writing of a person leaves nothing behind, judged writing only word pairs', async () => {
  await worker.pool.add('o1', fingerprint(ANSWER), now());
  const own = 'Hi Ana, thanks for the photo. The frame is bent, so the workshop builds a new one.';
  await sends(own, 's1');
  await sends(own, 's2');
  expect(await store.itemsByComposer('c')).toEqual([]);
  expect(await store.ownGrams()).toHaveLength(0);
  await sends(own, 's3', 'pass');
  await sends(own, 's4', 'pass');
  expect((await store.ownGrams()).length).toBeGreaterThan(0);
});
