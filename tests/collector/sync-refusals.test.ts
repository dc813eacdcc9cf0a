import { expect, test } from 'vitest';
import { problemType, type ProblemCode } from '../../lib/protocol/problem.ts';
import type { Receipt } from '../../lib/protocol/receipt.ts';
import { PROBE_MS } from '../../lib/sync/retry.ts';
import { newDevice } from './device.ts';
import { ENDPOINT, TwoCollectors, isPush, pushed, type Fetch } from './two-collectors.ts';

const collectors = new TwoCollectors();

const changed =
  (change: (receipt: Receipt) => Receipt): Fetch =>
  async (input, init) => {
    const reply = await collectors.first.fetch(input, init);
    if (!isPush(init)) return reply;
    const json = await reply.json();
    return Response.json({ ...json, receipt: change(json.receipt) });
  };

const withToken = (init: RequestInit | undefined, other: string): RequestInit => {
  const headers = new Headers(init?.headers);
  if (headers.has('authorization')) headers.set('authorization', `Bearer ${other}`);
  return { ...init, headers };
};

test.each<[string, string, () => Fetch]>([
  [
    'the key of another collector',
    'key-changed',
    () => (input, init) =>
      collectors[isPush(init) ? 'second' : 'first'].fetch(
        input,
        withToken(init, collectors.second.token),
      ),
  ],
  [
    'a forged signature',
    'receipt',
    () => changed((receipt) => ({ ...receipt, signature: `${'A'.repeat(85)}A` })),
  ],
])('%s: not taken for an acknowledgement', async (_, code, make) => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(2);
  expect(await device.sync({ fetch: make() }).syncNow()).toEqual({ state: 'failed', code });
  expect(await device.unsynced()).toBe(3);
  expect((await device.store.syncState()).nextAt).toBe(device.clock.now + PROBE_MS);
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow({ asked: true })).toEqual({
    state: 'synced',
  });
  await collectors.expectSame(device);
});

test.each(['another log', 'an earlier entry'])('a good receipt, but for %s', async (what) => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  const isOther = what === 'another log';
  const source = isOther ? newDevice(ENDPOINT, collectors.first.token) : device;
  // Of another log: of the very number that is waited for.
  await source.record(isOther ? 2 : 1);
  const kept: Receipt[] = [];
  const keeping = changed((receipt) => {
    kept.push(receipt);
    return receipt;
  });
  await source.sync({ fetch: keeping }).syncNow();
  await device.record(2);
  const before = await device.unsynced();
  const replaying = changed((receipt) => kept[0] ?? receipt);
  expect(await device.sync({ fetch: replaying }).syncNow()).toEqual({
    state: 'failed',
    code: 'receipt',
  });
  expect(await device.unsynced()).toBe(before);
});

/** A collector that refuses pushes in which `wrong` finds something. */
const refusing =
  (wrong: (seqs: number[]) => { code: ProblemCode; status: number; seq?: number } | null): Fetch =>
  async (input, init) => {
    if (isPush(init)) {
      const { from, events } = pushed(init);
      const problem = wrong(events.map((_: string, index: number) => from + index));
      if (problem !== null) {
        const { code, ...rest } = problem;
        return Response.json(
          { type: problemType(code), title: code, ...rest },
          { status: rest.status },
        );
      }
    }
    return collectors.first.fetch(input, init);
  };

test('too large: the batch is halved until it fits', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(30);
  const small = refusing((seqs) => (seqs.length > 3 ? { code: 'too-large', status: 413 } : null));
  expect(await device.sync({ fetch: small }).syncNow()).toEqual({ state: 'synced' });
  await collectors.expectSame(device);
});

test('one event that is never taken stops its log only, after what stands before it', async () => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(9);
  const old = await device.head();
  const picky = refusing((seqs) =>
    seqs.includes(6) ? { code: 'envelope-invalid', status: 400, seq: 6 } : null,
  );
  expect(await device.sync({ fetch: picky }).syncNow()).toEqual({
    state: 'failed',
    code: 'envelope-invalid',
  });
  expect(await collectors.first.storedRaws(old.logid)).toHaveLength(6);
  device.clock.now += PROBE_MS;
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow()).toEqual({
    state: 'synced',
  });
  const head = await device.head();
  expect(await collectors.first.storedRaws(head.logid)).toEqual(await device.raws(head.logid));
  expect(await device.unsynced()).toBe(4);
});

test.each<[string, { code: ProblemCode; status: number; [more: string]: unknown }]>([
  [
    'a fork that our own entry denies',
    { code: 'fork', status: 409, seq: 40, storedHash: 'ab'.repeat(32) },
  ],
  ['a gap at the place we sent', { code: 'gap', status: 409, expected: 0, head: null }],
  ['a gap that contradicts itself', { code: 'gap', status: 409, expected: 9, head: null }],
  ['an event that was not sent', { code: 'envelope-invalid', status: 400, seq: 99 }],
])('%s: a bad reply, nothing stopped', async (_, problem) => {
  const device = newDevice(ENDPOINT, collectors.first.token);
  await device.record(2);
  const { logid } = await device.head();
  expect(await device.sync({ fetch: refusing(() => problem) }).syncNow()).toEqual({
    state: 'failed',
    code: 'bad-reply',
  });
  expect((await device.head()).logid).toBe(logid);
  expect(await device.sync({ fetch: collectors.first.fetch }).syncNow({ asked: true })).toEqual({
    state: 'synced',
  });
});
