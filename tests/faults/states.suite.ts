import { expect, test } from 'vitest';
import { buildEvent } from '../../lib/audit/event-build.ts';
import { leafHash } from '../../lib/audit/leaf.ts';
import { draft } from '../../lib/store/store.test-support.ts';
import { PROBE_MS } from '../../lib/sync/retry.ts';
import { pushOf, type Made } from '../collector/pushes.ts';
import type { FaultDevice } from './device.ts';
import { readCollector, readDevice } from './snapshot.ts';
import { ask, collectors, harm, heal, inUse, judged } from './under-test.ts';

const HOUR_MS = 3_600_000;

const failNext = async (device: FaultDevice) => {
  harm({ do: 'lose-request' });
  await device.sync().syncNow({ asked: true });
  heal();
};

test('5 the database is wiped: said, a new log links the old one, both sides agree', async () => {
  const device = await inUse();
  await device.settle();
  const held = await readCollector(ask, collectors.first.token, device.logids);
  const [old] = held;
  await device.wipe();
  const { heads, events } = await readDevice(device.name);
  expect(heads.map((head) => head.previous?.logid)).toEqual([old?.logid]);
  expect(events.map((event) => event.type)).toEqual(['log.started', 'log.lost']);
  await device.decide();
  await device.settle();
  const onlyThere = (old?.events ?? []).map(({ seq, hash }) => ({
    logid: old?.logid ?? '',
    seq,
    hash,
  }));
  expect(onlyThere).toHaveLength(12);
  expect(await judged([device], { onlyThere })).toEqual([]);
});

test('6 a repaired database without its newest entries: said, and nothing is doubled', async () => {
  const device = await inUse();
  const before = await device.save();
  await device.record(4);
  await device.load(before, false);
  await device.decide();
  await device.settle();
  expect((await readDevice(device.name)).heads).toHaveLength(2);
  expect(await judged([device])).toEqual([]);
});

test('14 the head outside the database is the older one: no loss is claimed', async () => {
  const device = await inUse();
  const { mirror } = device;
  await device.record(5);
  device.mirror = mirror;
  await device.restart();
  await device.settle();
  expect((await readDevice(device.name)).heads).toHaveLength(1);
  expect(await judged([device])).toEqual([]);
});

test('10 two contexts write and send at once', async () => {
  const device = await inUse();
  await device.asTwo(async (other) => {
    const writing: Promise<unknown>[] = [];
    for (let n = 0; n < 8; n += 1) {
      writing.push(device.record(2), device.record(1, other), device.decide(other));
      writing.push(device.sync().syncNow(), device.sync({ store: other }).syncNow());
    }
    await Promise.all(writing);
  });
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test.each([
  ['ten years on', 87_600],
  ['ten years back', -87_600],
  ['ten hours on', 10],
  ['ten hours back', -10],
  ['an hour on', 1],
  ['an hour back', -1],
])('30 the clock jumps %s while a try is waited for', async (_, hours) => {
  const device = await inUse();
  await failNext(device);
  device.clock.now += hours * HOUR_MS;
  await device.record(2);
  await device.settle();
  expect(await judged([device])).toEqual([]);
  // And back again, with another failure on the way.
  await device.record(1);
  await failNext(device);
  device.clock.now -= hours * HOUR_MS;
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test('30 the clock stands at the end of what a date can say', async () => {
  const device = await inUse();
  await device.settle();
  device.clock.now = 8.64e15 - 1_000_000;
  await failNext(device);
  await device.record(1);
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test('31 a copied profile: two devices, one log; the fork is found and neither side is lost', async () => {
  const one = await inUse();
  const two = await one.copy();
  await one.decide();
  await two.decide();
  await one.settle();
  await two.settle();
  expect(await judged([one])).toEqual([]);
  expect((await two.shown()).problem).toBe('fork');
  // Found at the first push; the new log waits, as a lasting failure does.
  expect(await judged([two], { mayTakeMs: PROBE_MS + 60_000 })).toEqual([]);
  // What both do afterwards arrives, each in its own log.
  await one.record(2);
  await two.record(2);
  await one.settle();
  await two.settle();
  expect(await judged([one, two])).toEqual([]);
});

test('31 an old profile is put back: the collector has more, and keeps it', async () => {
  const device = await inUse();
  const old = await device.save();
  await device.decide();
  await device.settle();
  const [held] = await readCollector(ask, collectors.first.token, device.logids);
  const there = (held?.events ?? []).map(({ seq, hash }) => ({
    logid: held?.logid ?? '',
    seq,
    hash,
  }));
  await device.load(old, true);
  await device.record(2);
  await device.settle();
  expect((await device.shown()).problem).toBe('fork');
  expect(await judged([device], { mayTakeMs: PROBE_MS + 60_000, onlyThere: there })).toEqual([]);
});

test('34 an event of a future kind is stored as it is, and what follows too', async () => {
  const device = await inUse();
  const type: string = 'item.dreamt';
  await device.store.commit(device.env, async (tx) => {
    // A later version of us knows it; here only the types are older.
    await tx.append({
      ...draft('item.changed', { depth: { of: ['the', 'dream', null] } }),
      type,
    } as ReturnType<typeof draft>);
  });
  await device.decide();
  await device.settle();
  const { first } = collectors;
  const { logid } = (await device.store.head()) ?? { logid: '' };
  const raws = await first.storedRaws(logid);
  expect(raws.filter((raw) => raw.includes('dev.countersign.item.dreamt.v1'))).toHaveLength(1);
  const { rows } = await device.facts();
  expect(raws).toEqual(rows.events.map((row) => row.raw));
  expect(rows.cursors.map((row) => row.ackedSeq)).toEqual([rows.heads[0]?.seq]);
});

test('28 the collector tells another history: found at the next push, both sides stay', async () => {
  const device = await inUse();
  await device.settle();
  const logid = device.mirror?.logid ?? '';
  const { token } = collectors.first;
  const before = (await device.facts()).rows.events;
  await collectors.setBack(logid, 3);
  const forged: Made[] = [];
  for (const { seq, id, time } of before.slice(3)) {
    const prevHash = forged.at(-1)?.hash ?? before[2]?.hash ?? '';
    const actor = { name: 'Mallory', declared: true };
    const raw = buildEvent(draft('item.changed'), { logid, seq, prevHash, id, time, actor });
    forged.push({ seq, raw, hash: leafHash(raw) });
  }
  const { path, init } = pushOf(token, logid, forged);
  expect((await ask(path, init)).status).toBe(200);
  await device.decide();
  await device.settle();
  expect((await device.shown()).problem).toBe('fork');
  expect((await readDevice(device.name)).heads).toHaveLength(2);
  // Nothing else is wrong, and the place is named.
  expect(await judged([device], { mayTakeMs: PROBE_MS + 60_000 })).toEqual([
    `I6 ${logid} 3: acknowledged and not the same there`,
  ]);
});

test('a stopped log stays said; a failure since then does not', async () => {
  const one = await inUse();
  const two = await one.copy();
  await one.decide();
  await two.decide();
  await one.settle();
  await two.settle();
  await two.record(1);
  await failNext(two);
  expect((await two.shown()).problem).toBe('network');
  await two.settle();
  expect((await two.shown()).problem).toBe('fork');
  expect(await judged([two])).toEqual([]);
});

test('27 the collector is set back: also logs that are written no more are filled up', async () => {
  const device = await inUse();
  await device.settle();
  const before = await device.save();
  await device.record(2);
  await device.load(before, false);
  await device.record(4);
  await device.settle();
  expect((await readDevice(device.name)).heads).toHaveLength(2);
  for (const logid of device.logids) await collectors.setBack(logid, 2);
  await device.record(1);
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test('T6 the newest entries are deleted on the device: sending says so and goes on', async () => {
  const device = await inUse();
  const head = await device.store.head();
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(device.name);
    request.addEventListener('error', () => reject(new Error('not opened')));
    request.addEventListener('success', () => {
      const db = request.result;
      const tx = db.transaction(['events'], 'readwrite');
      for (let back = 0; back < 3; back += 1) {
        tx.objectStore('events').delete([head?.logid ?? '', (head?.seq ?? 0) - back]);
      }
      tx.addEventListener('complete', () => {
        db.close();
        resolve();
      });
    });
  });
  await expect(device.sync().syncNow()).resolves.toMatchObject({ state: 'failed' });
  await device.record(1);
  await device.settle();
  expect(await device.store.unsynced(1, 1)).toBeNull();
  expect((await device.shown()).problem).toBe('envelope-invalid');
});
