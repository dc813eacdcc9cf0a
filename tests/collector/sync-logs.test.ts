import { expect, test } from 'vitest';
import { testEnv } from '../../lib/store/store.test-support.ts';
import { PROBE_MS } from '../../lib/sync/retry.ts';
import { newDevice } from './device.ts';
import { ENDPOINT, TwoCollectors } from './two-collectors.ts';

const collectors = new TwoCollectors();

test('a collector that was set back is filled up again', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(20);
  await device.sync({ fetch: collectors.first.fetch }).syncNow();
  const { logid } = await device.head();
  const all = await device.raws(logid);
  for (const kept of [7, 0]) {
    await collectors.setBack(logid, kept);
    await device.record(1);
    expect(await device.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({
      state: 'synced',
    });
    await collectors.expectSame(device);
  }
  expect((await collectors.first.storedRaws(logid)).slice(0, 21)).toEqual(all);
});

test('after entries were lost, the old log and the new one are both sent', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(3);
  const old = await device.head();
  const mirror = { ...old, seq: old.seq + 5, hash: 'cd'.repeat(32) };
  expect(await device.store.reconcileHead(testEnv('', 1_900_000_000_000, 77), mirror)).toBe('lost');
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({
    state: 'synced',
  });
  expect(await collectors.first.storedRaws(old.logid)).toHaveLength(4);
  await collectors.expectSame(device);
});

test('another endpoint is sent the whole history; the first is not mixed up with it', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(3);
  await device.sync({ fetch: collectors.first.fetch }).syncNow();
  const { logid } = await device.head();
  device.settings.endpoint = 'http://127.0.0.1:10';
  device.settings.token = collectors.second.token;
  expect(await device.sync({ fetch: collectors.second.fetch }).syncNow()).toEqual({
    state: 'synced',
  });
  expect(await collectors.second.storedRaws(logid)).toEqual(
    await collectors.first.storedRaws(logid),
  );
  // No endpoint and the first again: told anew, stored once.
  device.settings.endpoint = '';
  await device.sync().syncNow();
  device.settings.endpoint = ENDPOINT;
  device.settings.token = collectors.first.token;
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({
    state: 'synced',
  });
  await collectors.expectSame(device);
});

test('a copied profile: the fork is found, this device goes on in a new log', async () => {
  const one = newDevice(ENDPOINT, collectors.first.token, 900);
  const two = newDevice(ENDPOINT, collectors.first.token, 900);
  await one.record(3);
  await two.record(3);
  await one.sync({ fetch: collectors.first.fetch }).syncNow();
  await two.sync({ fetch: collectors.first.fetch }).syncNow();
  await one.record(1);
  await one.sync({ fetch: collectors.first.fetch }).syncNow();
  await two.record(2, 'two');
  const old = await two.head();
  expect(await two.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({
    state: 'failed',
    code: 'fork',
  });
  const head = await two.head();
  expect(head.logid).not.toBe(old.logid);
  // Not at once: an endpoint could make us begin one log after the other.
  expect(await two.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({ state: 'waiting' });
  two.clock.now += PROBE_MS;
  expect(await two.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({ state: 'synced' });
  expect(await collectors.first.storedRaws(head.logid)).toEqual(await two.raws(head.logid));
  expect(await collectors.first.storedRaws(old.logid)).toEqual(await one.raws(old.logid));
  // What is only here stays counted and said, and the trail here is whole.
  expect(await two.unsynced()).toBe(2);
  expect((await two.store.syncState()).lastProblem?.code).toBe('fork');
  expect(await two.store.verify({ mirror: head, since: null })).toMatchObject({
    state: 'verified',
  });
  expect(await two.sync().due()).toBeNull();
});
