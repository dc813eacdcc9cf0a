import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readEvent } from '../audit/event-read.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { randomBytes, traceId, uuid } from '../platform/random.ts';
import { readInForce, readSettings, writeSettings } from '../settings/store.ts';
import { freshName, testItem } from '../store/store.test-support.ts';
import { openStore, type Store } from '../store/store.ts';
import { createOutputPool } from './pool.ts';
import { createRetention, eraseAsked } from './retention.ts';
import { envAs, type Worker } from './worker.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);

let store: Store;
let worker: Worker;

beforeEach(() => {
  fakeBrowser.reset();
  store = openStore(freshName());
  worker = {
    store,
    pool: createOutputPool(store, () => NOW),
    policy: DEFAULT_POLICY,
    settings: readSettings,
    inForce: readInForce,
    callPage: () => Promise.reject(new Error('No page here')),
    now: () => NOW,
    uuid,
    traceId,
    randomBytes,
    extensionVersion: '0.1.0',
    committed: () => undefined,
  };
});
afterEach(() => store.close());

/** An item that ended that many days ago. */
async function ended(days: number): Promise<void> {
  const id = `ended-${days}`;
  await store.commit(envAs(worker, { id: '', name: 'Mia' }), async (tx) => {
    const updatedAt = NOW - days * DAY_MS;
    await tx.items.put(testItem(id, { state: 'delivered', outputId: id, updatedAt }));
    const draft = await tx.content(id, 'draft', 1, 'Dear Ana');
    await tx.append({
      type: 'decision.approved',
      itemId: id,
      traceId: '',
      causationId: '',
      data: { draft: { ...draft } },
    });
  });
}

const left = async () =>
  (await Promise.all([10, 100, 400].map((days) => store.item(`ended-${days}`)))).map(
    (item) => item !== undefined,
  );

async function erasures(): Promise<unknown[]> {
  const rows = (await store.unsynced(500, 1e6))?.events ?? [];
  return rows.flatMap(({ raw, actor }) => {
    const read = readEvent(raw);
    return read.ok && read.event.type === 'content.erased' ? [{ actor, ...read.event.data }] : [];
  });
}

test('what is older than the setting goes by itself, with an entry that counts it', async () => {
  for (const days of [10, 100, 400]) await ended(days);
  const retention = createRetention(worker);
  await retention.now();
  expect(await left()).toEqual([true, false, false]);
  await retention.now();
  expect(await erasures()).toEqual([
    {
      actor: '',
      items: 2,
      texts: 2,
      days: 90,
      how: 'retention',
      before: new Date(NOW - 90 * DAY_MS).toISOString(),
    },
  ]);
  expect(await fakeBrowser.alarms.get(retention.alarm)).toMatchObject({ periodInMinutes: 360 });
});

test('with an endpoint nothing goes that it has not acknowledged', async () => {
  await ended(400);
  await writeSettings({ syncEndpoint: 'https://collector.example' });
  await createRetention(worker).now();
  expect(await left()).toEqual([false, false, true]);
  const head = await store.head();
  if (head !== null) await store.ack(head, null);
  await createRetention(worker).now();
  expect(await left()).toEqual([false, false, false]);
});

test('a person may erase sooner, but not what the organization keeps for longer', async () => {
  for (const days of [10, 100, 400]) await ended(days);
  await fakeBrowser.storage.managed.set({ contentDays: 365 });
  expect(await eraseAsked(worker, 50)).toEqual({ items: 0, texts: 0, refused: true });
  expect(await left()).toEqual([true, true, true]);
  expect(await eraseAsked(worker, 365)).toEqual({ items: 1, texts: 1, refused: false });
  await fakeBrowser.storage.managed.clear();
  await writeSettings({ reviewerName: 'Mia' });
  expect(await eraseAsked(worker, 1)).toEqual({ items: 2, texts: 2, refused: false });
  expect(await left()).toEqual([false, false, false]);
  expect(await erasures()).toMatchObject([
    { how: 'person', days: 365 },
    { how: 'person', days: 1, actor: 'Mia' },
  ]);
});
