import { expect, test } from 'vitest';
import { PROBE_MS } from '../../lib/sync/retry.ts';
import { problemType } from '../../lib/protocol/problem.ts';
import { RAW, startFaultProxy, type Fault } from './proxy.ts';
import { ask, collectors, harm, heal, inUse, judged, proxy } from './under-test.ts';

/** Short, so that a test of waiting takes a moment; no assertion is about time. */
const TIMEOUT_MS = 400;
const DAY_MS = 86_400_000;

const html = '<!doctype html><h1>Welcome to the hotel</h1>';
const json = { 'Content-Type': 'application/json' };
const page = { 'Content-Type': 'text/html' };

const faults: [string, Fault, string, number?][] = [
  ['16 the connection is reset', { do: 'lose-request' }, 'network'],
  ['16 something else listens there', { do: 'raw', write: RAW.noHttp }, 'network'],
  ['17 the reply is lost after the commit', { do: 'lose-reply' }, 'network'],
  ['18 a push arrives late, after newer ones', { do: 'arrive-late' }, 'network'],
  ['18 a bit is turned over on the way', { do: 'flip-bit' }, 'http'],
  ['19 a byte of the body now and then', { do: 'raw', write: RAW.slowBody }, 'timeout'],
  ['19 the headers never end', { do: 'raw', write: RAW.endlessHeaders }, 'timeout'],
  ['19 silence', { do: 'raw', write: RAW.silence }, 'timeout'],
  ['23 a captive portal', { do: 'answer', status: 200, headers: page, body: html }, 'bad-reply'],
  ['23 no content', { do: 'answer', status: 204 }, 'http'],
  ['23 an empty reply', { do: 'answer', status: 200, headers: json }, 'bad-reply'],
  ['23 half of a gzip', { do: 'raw', write: RAW.cutGzip }, 'bad-reply'],
  ['23 half of a body', { do: 'raw', write: RAW.cutBody }, 'network'],
  ['23 another JSON', { do: 'answer', status: 200, headers: json, body: '{"ok":1}' }, 'bad-reply'],
  ['23 50 MiB', { do: 'raw', write: RAW.flood }, 'reply-too-large'],
  ['25 401', { do: 'answer', status: 401 }, 'unauthorized'],
  ['25 403', { do: 'answer', status: 403 }, 'forbidden'],
  ['16 421', { do: 'answer', status: 421 }, 'gone', 2 * PROBE_MS],
  ['426', { do: 'answer', status: 426 }, 'protocol', 2 * PROBE_MS],
];
test.each(faults)('%s', async (_, fault, code, mayTakeMs) => {
  const device = await inUse();
  harm(fault);
  for (let times = 0; times < 3; times += 1) {
    const sync = device.sync({ timeoutMs: TIMEOUT_MS });
    expect(await sync.syncNow({ asked: true })).toEqual({ state: 'failed', code });
    await device.record(1);
  }
  expect(await device.shown()).toMatchObject({ unsynced: 9, problem: code });
  // What is too long is not pulled either, beyond what the system's buffers take by themselves.
  expect(proxy().mostWritten).toBeLessThan(16 * 1024 * 1024);
  heal();
  await device.settle();
  expect(await judged([device], { mayTakeMs })).toEqual([]);
});

test.each<[string, Fault]>([
  ['18 each push arrives twice at once', { do: 'double' }],
  ['18 each push arrives again after the next', { do: 'echo-later' }],
])('%s', async (_, fault) => {
  const device = await inUse();
  harm(fault);
  for (let times = 0; times < 4; times += 1) {
    await device.sync().syncNow({ asked: true });
    await device.record(2);
  }
  heal();
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test.each<[number, string, number]>([
  [503, '7', 7_000],
  [429, 'Mon, 23 Nov 2026 12:01:30 GMT', 90_000],
  [503, 'Sun, 22 Nov 2020 12:00:00 GMT', 0],
  [429, '1000000000', DAY_MS],
  [503, 'soon', 0],
  [429, '-5', 0],
  [503, '9'.repeat(40), DAY_MS],
])('20 %i with Retry-After %j: waits that long, at most a day', async (status, value, wait) => {
  const device = await inUse();
  device.clock.now = Date.UTC(2026, 10, 23, 12);
  harm({ do: 'answer', status, headers: { 'Retry-After': value } });
  await device.sync().syncNow({ asked: true });
  const { nextAt } = await device.store.syncState();
  expect(nextAt - device.clock.now).toBe(Math.max(wait, 500));
  // No storm: whoever wakes the worker meanwhile, nothing is asked.
  const asked = proxy().seen.length;
  for (let wakes = 0; wakes < 5; wakes += 1) await device.sync().syncNow();
  expect(proxy().seen).toHaveLength(asked);
  heal();
  await device.settle();
  expect(await judged([device], { mayTakeMs: wait + 60_000 })).toEqual([]);
});

test('22 a limit that is another for each push: all arrives all the same', async () => {
  const device = await inUse();
  await device.record(200);
  let state = 7;
  proxy().plan = ({ method, body }) => {
    if (method !== 'POST') return { do: 'pass' };
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    const limit = 900 + (state % 40_000);
    return body.length > limit ? { do: 'answer', status: 413 } : { do: 'pass' };
  };
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test('24 a redirect to another host: nothing goes there, no token either', async () => {
  const device = await inUse();
  const other = await startFaultProxy(ask);
  try {
    for (const status of [301, 302, 303, 307, 308]) {
      proxy().plan = (request) =>
        request.method === 'POST'
          ? { do: 'answer', status, headers: { Location: `${other.url}${request.path}` } }
          : { do: 'pass' };
      expect(await device.sync().syncNow({ asked: true })).toEqual({
        state: 'failed',
        code: 'redirect',
      });
    }
    expect(other.seen).toEqual([]);
  } finally {
    await other.close();
  }
  heal();
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test('25 the right ends in mid-backlog: the rest waits, a new token goes on at once', async () => {
  const device = await inUse();
  await device.record(1_400);
  let pushes = 0;
  proxy().plan = (request) => {
    if (request.method === 'POST') pushes += 1;
    return pushes > 1 ? { do: 'answer', status: 401 } : { do: 'pass' };
  };
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'unauthorized' });
  const { unsynced } = await device.shown();
  expect(unsynced).toBeGreaterThan(800);
  await device.record(2);
  device.settings.token = 'cs_default_revoked';
  heal();
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'unauthorized' });
  device.settings.token = collectors.first.token;
  expect(await device.sync().syncNow()).toEqual({ state: 'synced' });
  await device.settle();
  expect(await judged([device])).toEqual([]);
});

test('21 500 for one log only: the logs of other devices go on', async () => {
  const [one, two] = [await inUse(), await inUse()];
  const { logid } = (await one.store.head()) ?? { logid: '' };
  const body = JSON.stringify({ type: problemType('internal'), title: 'internal', status: 500 });
  proxy().plan = ({ method, path }) =>
    method === 'POST' && path.includes(logid)
      ? { do: 'answer', status: 500, headers: json, body }
      : { do: 'pass' };
  await one.sync().syncNow();
  await two.settle();
  expect((await one.shown()).unsynced).toBeGreaterThan(0);
  expect(await judged([two])).toEqual([]);
  heal();
  await one.settle();
  expect(await judged([one, two])).toEqual([]);
});

test('15 a backlog of 3,000 after hours offline arrives in order', async () => {
  const device = await inUse();
  harm({ do: 'lose-request' });
  for (let hours = 0; hours < 6; hours += 1) {
    await device.record(500);
    await device.sync().syncNow();
    device.clock.now += 3_600_000;
  }
  heal();
  await device.settle();
  expect(await judged([device])).toEqual([]);
});
