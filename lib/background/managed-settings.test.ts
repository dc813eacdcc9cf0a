import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readEvent } from '../audit/event-read.ts';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { now } from '../platform/clock.ts';
import { randomBytes, traceId, uuid } from '../platform/random.ts';
import { readInForce, readSettings } from '../settings/store.ts';
import { freshName } from '../store/store.test-support.ts';
import { openStore, type Store } from '../store/store.ts';
import { applySettings } from './apply-settings.ts';
import { createOutputPool } from './pool.ts';
import { recordManaged } from './record-managed.ts';
import type { Worker } from './worker.ts';

let store: Store;
let worker: Worker;

beforeEach(() => {
  fakeBrowser.reset();
  // What Chrome would be told of the sites is not looked at here.
  vi.spyOn(fakeBrowser.permissions, 'contains').mockReturnValue(Promise.resolve(false) as never);
  vi.spyOn(fakeBrowser.scripting, 'getRegisteredContentScripts').mockReturnValue(
    Promise.resolve([]) as never,
  );
  store = openStore(freshName());
  worker = {
    store,
    pool: createOutputPool(store, now),
    policy: DEFAULT_POLICY,
    settings: readSettings,
    inForce: readInForce,
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
  vi.restoreAllMocks();
  store.close();
});

/** What the organization sets, whole, as Chrome holds it. */
async function manage(values: Record<string, unknown>): Promise<void> {
  await fakeBrowser.storage.managed.clear();
  await fakeBrowser.storage.managed.set(values);
}

async function changes(): Promise<unknown[]> {
  const rows = (await store.unsynced(100, 1_000_000))?.events ?? [];
  return rows.flatMap(({ raw }) => {
    const read = readEvent(raw);
    return read.ok && read.event.type === 'config.changed' ? [read.event.data] : [];
  });
}

test('each effective change of the organization is one event, with before and after', async () => {
  await applySettings(worker, { values: { mode: 'advise', theme: 'dark' }, how: 'form' });
  await manage({ mode: 'enforce', theme: 'dark', syncToken: 'cs_theirs' });
  await recordManaged(worker);
  await recordManaged(worker);
  await manage({ syncEndpoint: 'https://collector.example', syncToken: 'cs_theirs' });
  await recordManaged(worker);
  const managed = { how: 'managed' };
  expect((await changes()).slice(2)).toEqual([
    { ...managed, key: 'mode', before: '"advise"', after: '"enforce"' },
    { ...managed, key: 'mode', before: '"enforce"', after: '"advise"' },
    { ...managed, key: 'syncEndpoint', before: '""', after: '"https://collector.example"' },
    { ...managed, key: 'syncToken', before: '(secret)', after: '(secret)' },
  ]);
});

test('what could not be recorded is in force, and is recorded the next time', async () => {
  await manage({ mode: 'enforce' });
  const commit = vi.spyOn(store, 'commit').mockRejectedValueOnce(new Error('disk full'));
  await expect(recordManaged(worker)).rejects.toThrow('disk full');
  expect(await readSettings()).toMatchObject({ mode: 'enforce' });
  expect(await changes()).toEqual([]);
  commit.mockRestore();
  await recordManaged(worker);
  expect(await changes()).toHaveLength(1);
});

test.each(['form', 'import'] as const)('a %s changes nothing that is set', async (how) => {
  await manage({ mode: 'enforce', syncEndpoint: 'https://collector.example', sites: [] });
  await recordManaged(worker);
  const before = await changes();
  const forged = {
    mode: 'observe',
    syncEndpoint: 'https://evil.example',
    sites: ['evil.example'],
    siteModes: { 'desk.example': 'observe' },
    theme: 'dark',
  };
  const { problems } = await applySettings(worker, { values: forged, how });
  expect(problems.map(({ key, code }) => [key, code])).toEqual(
    ['mode', 'syncEndpoint', 'sites', 'siteModes'].map((key) => [key, 'set-by-organization']),
  );
  expect(await readSettings()).toMatchObject({
    mode: 'enforce',
    syncEndpoint: 'https://collector.example',
    sites: [],
    siteModes: {},
    theme: 'dark',
  });
  expect((await changes()).slice(before.length)).toEqual([
    { key: 'theme', before: '"system"', after: '"dark"', how },
  ]);
  // Nothing of it lay in wait for the day that the organization lets go.
  await manage({});
  expect(await readSettings()).toMatchObject({ mode: 'observe', syncEndpoint: '', sites: [] });
});

test('the same value again is no attempt, and a stricter mode of a site is allowed', async () => {
  await manage({ mode: 'advise' });
  const values = { mode: 'advise', siteModes: { 'desk.example': 'enforce' } };
  expect(await applySettings(worker, { values, how: 'form' })).toEqual({ problems: [] });
  expect(await readSettings()).toMatchObject({ siteModes: { 'desk.example': 'enforce' } });
});

test('a token entered for the organization’s server goes to no other afterwards', async () => {
  await manage({ syncEndpoint: 'https://collector.example' });
  await applySettings(worker, { values: { syncToken: 'cs_mine' }, how: 'form' });
  expect(await readSettings()).toMatchObject({ syncToken: 'cs_mine' });
  await manage({ syncEndpoint: 'https://other.example' });
  expect(await readSettings()).toMatchObject({ syncToken: '' });
});

test('until Chrome knows the policy, the one that was last recorded holds', async () => {
  await manage({ mode: 'enforce' });
  await recordManaged(worker);
  const never = vi
    .spyOn(fakeBrowser.storage.managed, 'get')
    .mockReturnValue(new Promise(() => undefined) as never);
  expect(await readInForce()).toMatchObject({
    settings: { mode: 'enforce' },
    sources: { mode: 'managed' },
  });
  never.mockRejectedValue(new Error('policy service failed'));
  expect(await readSettings()).toMatchObject({ mode: 'enforce' });
});
