import { expect, test } from 'vitest';
import { newDevice } from './device.ts';
import { ENDPOINT, TwoCollectors, isPush, pushed, type Fetch } from './two-collectors.ts';

const collectors = new TwoCollectors();

test('sends all, in batches, with receipts that cover the whole log', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(620);
  const batches: number[] = [];
  const counting: Fetch = (input, init) => {
    if (isPush(init)) batches.push(pushed(init).events.length);
    return collectors.first.fetch(input, init);
  };
  expect(await device.sync({ fetch: counting }).syncNow()).toEqual({ state: 'synced' });
  expect(batches).toEqual([500, 121]);
  await collectors.expectSame(device);
  const head = await device.head();
  expect(await device.store.verify({ mirror: head, since: null })).toMatchObject({
    state: 'verified',
    synced: 621,
    witnessed: 621,
  });
  expect(await device.store.syncState()).toMatchObject({
    attempt: 0,
    nextAt: 0,
    lastProblem: null,
    lastOkAt: device.clock.now,
  });
  expect(await device.sync().due()).toBeNull();
});

test('without an endpoint nothing is asked and nothing is due', async () => {
  const device = newDevice('', '');
  await device.record(3);
  const never: Fetch = () => Promise.reject(new Error('It asked'));
  expect(await device.sync({ fetch: never }).syncNow()).toEqual({ state: 'no-endpoint' });
  expect(await device.sync().due()).toBeNull();
  expect(await device.unsynced()).toBe(4);
});

test('a reply that was lost after the commit: sent again, stored once', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(5);
  const lossy: Fetch = async (input, init) => {
    const reply = await collectors.first.fetch(input, init);
    if (isPush(init)) throw new TypeError('fetch failed');
    return reply;
  };
  expect(await device.sync({ fetch: lossy }).syncNow()).toEqual({
    state: 'failed',
    code: 'network',
  });
  expect(await device.unsynced()).toBe(6);
  const { nextAt } = await device.store.syncState();
  expect(nextAt).toBe(device.clock.now + 500);
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({
    state: 'waiting',
  });
  expect(await device.sync().due()).toBe(nextAt);
  device.clock.now = nextAt;
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({
    state: 'synced',
  });
  await collectors.expectSame(device);
});

test('failures in a row wait longer; a person who asks is not kept waiting', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(1);
  const dead: Fetch = () => Promise.reject(new TypeError('fetch failed'));
  const waits: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    await device.sync({ fetch: dead }).syncNow({ asked: true });
    waits.push((await device.store.syncState()).nextAt - device.clock.now);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow({ asked: true })).toEqual({
    state: 'synced',
  });
  expect((await device.store.syncState()).attempt).toBe(0);
});

test('killed at each step, the next worker goes on; each event is stored once', async () => {
  class Killed extends Error {}
  let steps = 0;
  for (let at = 1; ; at += 1) {
    const device = newDevice(ENDPOINT, collectors.first.token);
    await device.record(4);
    let count = 0;
    /** Dies before or after the work of step `at`, and nothing runs after. */
    const step = async <T>(work: () => Promise<T>): Promise<T> => {
      count += 1;
      if (count >= at) throw new Killed();
      const done = await work();
      count += 1;
      if (count >= at) throw new Killed();
      return done;
    };
    const { store } = device;
    const dying = device.sync({
      fetch: (input, init) => step(() => collectors.first.fetch(input, init)),
      store: {
        syncState: () => step(() => store.syncState()),
        setSync: (patch) => step(() => store.setSync(patch)),
        unsynced: (limit, max) => step(() => store.unsynced(limit, max)),
        ack: (head, receipt) => step(() => store.ack(head, receipt)),
        useEndpoint: (endpoint, name) => step(() => store.useEndpoint(endpoint, name)),
        stopLog: (env, stop) => step(() => store.stopLog(env, stop)),
        itemTrail: (itemId) => store.itemTrail(itemId),
        outputEntry: (outputId, until) => store.outputEntry(outputId, until),
      },
    });
    const ended = await dying.syncNow().then(
      () => 'whole',
      (error: unknown) => {
        // A kill inside fetch is read as a dead network, and the next store call dies.
        expect(error).toBeInstanceOf(Killed);
        return 'killed';
      },
    );
    await device.record(2);
    expect(await device.sync({ fetch: collectors.first.fetch }).syncNow({ asked: true })).toEqual({
      state: 'synced',
    });
    await collectors.expectSame(device);
    steps = at;
    if (ended === 'whole') break;
  }
  expect(steps).toBeGreaterThan(15);
});

test('a new token is tried at once', async () => {
  const device = newDevice(ENDPOINT, 'cs_default_wrong');
  await device.record(1);
  const first = device.sync({ fetch: collectors.first.fetch });
  expect(await first.syncNow()).toEqual({ state: 'failed', code: 'unauthorized' });
  expect(await first.syncNow()).toEqual({ state: 'waiting' });
  device.settings.token = collectors.first.token;
  expect(await first.syncNow()).toEqual({ state: 'synced' });
});

test('many calls at once: one push under way at a time, and the last event is sent', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(2);
  let under = 0;
  let most = 0;
  const watched: Fetch = async (input, init) => {
    under += 1;
    most = Math.max(most, under);
    try {
      // Long enough for another to come in between, if it could.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return await collectors.first.fetch(input, init);
    } finally {
      under -= 1;
    }
  };
  // Two engines, as the lock is the browser's: pages and a worker that ended late.
  const engines = [device.sync({ fetch: watched }), device.sync({ fetch: watched })];
  const calls: Promise<unknown>[] = [];
  for (let n = 0; n < 12; n += 1) {
    await device.record(1);
    for (const engine of engines) calls.push(engine.syncNow());
  }
  await Promise.all(calls);
  expect(most).toBe(1);
  await collectors.expectSame(device);
});
