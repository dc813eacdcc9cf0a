import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { now } from '../platform/clock.ts';
import { randomBytes, traceId, uuid } from '../platform/random.ts';
import { defaultSettings } from '../settings/catalog.ts';
import { inForce } from '../settings/in-force.ts';
import { draft, freshName, testEnv } from '../store/store.test-support.ts';
import { openStore, type Store } from '../store/store.ts';
import { createOutputPool } from './pool.ts';
import { createSyncUse } from './sync-use.ts';
import type { Worker } from './worker.ts';

let store: Store;
let worker: Worker;
let endpoint = '';

beforeEach(() => {
  fakeBrowser.reset();
  store = openStore(freshName());
  endpoint = 'http://127.0.0.1:9';
  worker = {
    store,
    pool: createOutputPool(store, now),
    policy: DEFAULT_POLICY,
    settings: () => Promise.resolve({ ...defaultSettings(), syncEndpoint: endpoint }),
    inForce: () => Promise.resolve(inForce({ syncEndpoint: endpoint }, {})),
    callPage: () => Promise.reject(new Error('No page here')),
    now,
    uuid,
    traceId,
    randomBytes,
    extensionVersion: '0.1.0',
    committed: () => undefined,
  };
});
afterEach(() => {
  vi.unstubAllGlobals();
  store.close();
});

const credential = {
  credential: () => Promise.resolve({ kind: 'collector' as const, endpoint, token: '' }),
  renewed: () => Promise.resolve(null),
};
const record = () => store.commit(testEnv(), (tx) => tx.append(draft('item.opened')));

test('the network fails: no rejection, and an alarm no sooner than 30 s', async () => {
  const asked = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
  vi.stubGlobal('fetch', asked);
  const sync = createSyncUse(worker, credential);
  await record();
  const before = now();
  await sync.now();
  expect(asked).toHaveBeenCalledOnce();
  const alarm = await fakeBrowser.alarms.get(sync.alarm);
  expect(alarm?.scheduledTime).toBeGreaterThanOrEqual(before + 30_000);
  // Not before the back-off is over, unless a person asks.
  await store.setSync({ nextAt: now() + 600_000 });
  await sync.now();
  expect(asked).toHaveBeenCalledOnce();
  const late = await fakeBrowser.alarms.get(sync.alarm);
  expect(late?.scheduledTime).toBeGreaterThanOrEqual(before + 600_000);
  await sync.ask();
  expect(asked).toHaveBeenCalledTimes(2);
});

test('the alarm stands while the push is under way: a worker killed there is woken', async () => {
  const seen: unknown[] = [];
  vi.stubGlobal('fetch', async () => {
    seen.push(...(await fakeBrowser.alarms.getAll()));
    throw new TypeError('Failed to fetch');
  });
  await record();
  await createSyncUse(worker, credential).now();
  expect(seen).toHaveLength(1);
});

test('nothing to send, or nowhere: no alarm', async () => {
  const sync = createSyncUse(worker, credential);
  await sync.now();
  expect(await fakeBrowser.alarms.get(sync.alarm)).toBeUndefined();
  await record();
  await fakeBrowser.alarms.create(sync.alarm, { when: now() + 30_000 });
  endpoint = '';
  await sync.now();
  expect(await fakeBrowser.alarms.get(sync.alarm)).toBeUndefined();
});
