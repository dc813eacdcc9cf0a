import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemType, type ProblemCode } from '../../lib/protocol/problem.ts';
import type { Receipt } from '../../lib/protocol/receipt.ts';
import { PROBE_MS } from '../../lib/sync/retry.ts';
import { testEnv } from '../../lib/store/store.test-support.ts';
import { createApp } from '../../server/app.ts';
import { openDatabase, type OpenDatabase } from '../../server/db/open.ts';
import { APP_ROLE } from '../../server/db/schema.ts';
import { DEFAULT_ORG, setUpOrg } from '../../server/set-up-org.ts';
import { mintToken } from '../../server/tokens.ts';
import { newDevice, type Device } from './device.ts';

/** Starting a database is slow on a busy machine. */
const START_MS = 120_000;
const ENDPOINT = 'http://127.0.0.1:9';

let opened: OpenDatabase;
/** Two organisations stand for two collectors: other key, other logs. */
let first: ReturnType<typeof createApp>;
let second: ReturnType<typeof createApp>;
let token = '';
let secondToken = '';

beforeAll(async () => {
  opened = await openDatabase({ kind: 'memory' });
  const collector = async (org: string) => {
    const { key } = await setUpOrg(opened.db, org, { newToken: false });
    return createApp({ db: opened.db, key, log: () => undefined, now: Date.now });
  };
  first = await collector(DEFAULT_ORG);
  second = await collector('second');
  token = await mintToken(opened.db, DEFAULT_ORG);
  secondToken = await mintToken(opened.db, 'second');
}, START_MS);
afterAll(() => opened.close());

type Fetch = typeof fetch;
const to =
  (app: typeof first): Fetch =>
  async (input, init) =>
    app.request(new Request(input, init));
/** The collector without a socket in between; what happens on sockets is `hostile.test.ts`. */
const direct: Fetch = (input, init) => to(first)(input, init);
const isPush = (init: RequestInit | undefined) => init?.method === 'POST';

async function storedRaws(logid: string, org = DEFAULT_ORG): Promise<string[]> {
  const { rows } = await sql<{ raw: string }>`
    SELECT raw FROM countersign.events WHERE org = ${org} AND logid = ${logid} ORDER BY seq`.execute(
    opened.db,
  );
  return rows.map((row) => row.raw);
}
async function ownRaws(device: Device, logid: string): Promise<string[]> {
  const raws: string[] = [];
  for await (const line of device.store.exportLines({
    now: device.clock.now,
    extensionVersion: '0.1.0',
    contents: false,
  })) {
    const read = JSON.parse(line);
    if (read.line === 'event' && read.logid === logid) raws.push(read.raw);
  }
  return raws;
}
async function headOf(device: Device) {
  const head = await device.store.head();
  if (head === null) throw new Error('There is a head');
  return head;
}
async function expectSame(device: Device): Promise<void> {
  const head = await headOf(device);
  const own = await ownRaws(device, head.logid);
  expect(own).toHaveLength(head.seq + 1);
  expect(await storedRaws(head.logid)).toEqual(own);
  expect(await device.unsynced()).toBe(0);
}

test('sends all, in batches, with receipts that cover the whole log', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(620);
  const batches: number[] = [];
  const counting: Fetch = (input, init) => {
    if (isPush(init))
      batches.push(JSON.parse(new TextDecoder().decode(bodyOf(init))).events.length);
    return direct(input, init);
  };
  expect(await device.sync({ fetch: counting }).syncNow()).toEqual({ state: 'synced' });
  expect(batches).toEqual([500, 121]);
  await expectSame(device);
  const head = await headOf(device);
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

const bodyOf = (init: RequestInit | undefined): Uint8Array =>
  init?.body instanceof Uint8Array ? init.body : new Uint8Array();

test('without an endpoint nothing is asked and nothing is due', async () => {
  const device = newDevice('', '');
  await device.record(3);
  const never: Fetch = () => Promise.reject(new Error('It asked'));
  expect(await device.sync({ fetch: never }).syncNow()).toEqual({ state: 'no-endpoint' });
  expect(await device.sync().due()).toBeNull();
  expect(await device.unsynced()).toBe(4);
});

test('a reply that was lost after the commit: sent again, stored once', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(5);
  const lossy: Fetch = async (input, init) => {
    const reply = await direct(input, init);
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
  expect(await device.sync({ fetch: direct }).syncNow()).toEqual({ state: 'waiting' });
  expect(await device.sync().due()).toBe(nextAt);
  device.clock.now = nextAt;
  expect(await device.sync({ fetch: direct }).syncNow()).toEqual({ state: 'synced' });
  await expectSame(device);
});

test('failures in a row wait longer; a person who asks is not kept waiting', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(1);
  const dead: Fetch = () => Promise.reject(new TypeError('fetch failed'));
  const waits: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    await device.sync({ fetch: dead }).syncNow({ asked: true });
    waits.push((await device.store.syncState()).nextAt - device.clock.now);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  expect(await device.sync({ fetch: direct }).syncNow({ asked: true })).toEqual({
    state: 'synced',
  });
  expect((await device.store.syncState()).attempt).toBe(0);
});

test('killed at each step, the next worker goes on; each event is stored once', async () => {
  class Killed extends Error {}
  let steps = 0;
  for (let at = 1; ; at += 1) {
    const device = newDevice(ENDPOINT, token);
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
      fetch: (input, init) => step(() => direct(input, init)),
      store: {
        syncState: () => step(() => store.syncState()),
        setSync: (patch) => step(() => store.setSync(patch)),
        unsynced: (limit, max) => step(() => store.unsynced(limit, max)),
        ack: (head, receipt) => step(() => store.ack(head, receipt)),
        useEndpoint: (endpoint, name) => step(() => store.useEndpoint(endpoint, name)),
        stopLog: (env, stop) => step(() => store.stopLog(env, stop)),
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
    expect(await device.sync({ fetch: direct }).syncNow({ asked: true })).toEqual({
      state: 'synced',
    });
    await expectSame(device);
    steps = at;
    if (ended === 'whole') break;
  }
  expect(steps).toBeGreaterThan(15);
});

test('a collector that was set back is filled up again', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(20);
  await device.sync({ fetch: direct }).syncNow();
  const { logid } = await headOf(device);
  const all = await ownRaws(device, logid);
  for (const kept of [7, 0]) {
    await setBack(logid, kept);
    await device.record(1);
    expect(await device.sync({ fetch: direct }).syncNow()).toEqual({ state: 'synced' });
    await expectSame(device);
  }
  expect((await storedRaws(logid)).slice(0, 21)).toEqual(all);
});

/** What a restore of an old copy does: as the owner, with the guard off. */
async function setBack(logid: string, kept: number): Promise<void> {
  const at = await sql<{ hash: string }>`
    SELECT hash FROM countersign.events WHERE logid = ${logid} AND seq = ${kept - 1}`.execute(
    opened.db,
  );
  await opened.db.connection().execute(async (owner) => {
    await sql`RESET ROLE`.execute(owner);
    await sql`ALTER TABLE countersign.events DISABLE TRIGGER ALL`.execute(owner);
    await sql`DELETE FROM countersign.events WHERE logid = ${logid} AND seq >= ${kept}`.execute(
      owner,
    );
    await sql`ALTER TABLE countersign.events ENABLE TRIGGER ALL`.execute(owner);
    await sql`UPDATE countersign.logs SET head_seq = ${kept - 1}, head_hash = ${at.rows[0]?.hash ?? '00'.repeat(32)}
      WHERE logid = ${logid}`.execute(owner);
    await sql.raw(`SET ROLE ${APP_ROLE}`).execute(owner);
  });
}

test('after entries were lost, the old log and the new one are both sent', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(3);
  const old = await headOf(device);
  const mirror = { ...old, seq: old.seq + 5, hash: 'cd'.repeat(32) };
  expect(await device.store.reconcileHead(testEnv('', 1_900_000_000_000, 77), mirror)).toBe('lost');
  expect(await device.sync({ fetch: direct }).syncNow()).toEqual({ state: 'synced' });
  expect(await storedRaws(old.logid)).toHaveLength(4);
  await expectSame(device);
});

test('another endpoint is sent the whole history; the first is not mixed up with it', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(3);
  await device.sync({ fetch: direct }).syncNow();
  const { logid } = await headOf(device);
  device.settings.endpoint = 'http://127.0.0.1:10';
  device.settings.token = secondToken;
  expect(await device.sync({ fetch: to(second) }).syncNow()).toEqual({ state: 'synced' });
  expect(await storedRaws(logid, 'second')).toEqual(await storedRaws(logid));
  // No endpoint and the first again: told anew, stored once.
  device.settings.endpoint = '';
  await device.sync().syncNow();
  device.settings.endpoint = ENDPOINT;
  device.settings.token = token;
  expect(await device.sync({ fetch: direct }).syncNow()).toEqual({ state: 'synced' });
  await expectSame(device);
});

test('a copied profile: the fork is found, this device goes on in a new log', async () => {
  const one = newDevice(ENDPOINT, token, 900);
  const two = newDevice(ENDPOINT, token, 900);
  await one.record(3);
  await two.record(3);
  await one.sync({ fetch: direct }).syncNow();
  await two.sync({ fetch: direct }).syncNow();
  await one.record(1);
  await one.sync({ fetch: direct }).syncNow();
  await two.record(2, 'two');
  const old = await headOf(two);
  expect(await two.sync({ fetch: direct }).syncNow()).toEqual({ state: 'failed', code: 'fork' });
  const head = await headOf(two);
  expect(head.logid).not.toBe(old.logid);
  // Not at once: an endpoint could make us begin one log after the other.
  expect(await two.sync({ fetch: direct }).syncNow()).toEqual({ state: 'waiting' });
  two.clock.now += PROBE_MS;
  expect(await two.sync({ fetch: direct }).syncNow()).toEqual({ state: 'synced' });
  expect(await storedRaws(head.logid)).toEqual(await ownRaws(two, head.logid));
  expect(await storedRaws(old.logid)).toEqual(await ownRaws(one, old.logid));
  // What is only here stays counted and said, and the trail here is whole.
  expect(await two.unsynced()).toBe(2);
  expect((await two.store.syncState()).lastProblem?.code).toBe('fork');
  expect(await two.store.verify({ mirror: head, since: null })).toMatchObject({
    state: 'verified',
  });
  expect(await two.sync().due()).toBeNull();
});

const changed =
  (change: (receipt: Receipt) => Receipt): Fetch =>
  async (input, init) => {
    const reply = await direct(input, init);
    if (!isPush(init)) return reply;
    const json = await reply.json();
    return Response.json({ ...json, receipt: change(json.receipt) });
  };

test.each<[string, string, () => Fetch]>([
  [
    'the key of another collector',
    'key-changed',
    () => (input, init) => to(isPush(init) ? second : first)(input, withToken(init, secondToken)),
  ],
  [
    'a forged signature',
    'receipt',
    () => changed((receipt) => ({ ...receipt, signature: `${'A'.repeat(85)}A` })),
  ],
])('%s: not taken for an acknowledgement', async (_, code, make) => {
  const device = newDevice(ENDPOINT, token);
  await device.record(2);
  expect(await device.sync({ fetch: make() }).syncNow()).toEqual({ state: 'failed', code });
  expect(await device.unsynced()).toBe(3);
  expect((await device.store.syncState()).nextAt).toBe(device.clock.now + PROBE_MS);
  expect(await device.sync({ fetch: direct }).syncNow({ asked: true })).toEqual({
    state: 'synced',
  });
  await expectSame(device);
});

test.each(['another log', 'an earlier entry'])('a good receipt, but for %s', async (what) => {
  const device = newDevice(ENDPOINT, token);
  const source = what === 'another log' ? newDevice(ENDPOINT, token) : device;
  await source.record(1);
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

const withToken = (init: RequestInit | undefined, other: string): RequestInit => {
  const headers = new Headers(init?.headers);
  if (headers.has('authorization')) headers.set('authorization', `Bearer ${other}`);
  return { ...init, headers };
};

/** A collector that refuses pushes in which `wrong` finds something. */
const refusing =
  (wrong: (seqs: number[]) => { code: ProblemCode; status: number; seq?: number } | null): Fetch =>
  async (input, init) => {
    if (isPush(init)) {
      const { from, events } = JSON.parse(new TextDecoder().decode(bodyOf(init)));
      const problem = wrong(events.map((_: string, index: number) => from + index));
      if (problem !== null) {
        const { code, ...rest } = problem;
        return Response.json(
          { type: problemType(code), title: code, ...rest },
          { status: rest.status },
        );
      }
    }
    return direct(input, init);
  };

test('too large: the batch is halved until it fits', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(30);
  const small = refusing((seqs) => (seqs.length > 3 ? { code: 'too-large', status: 413 } : null));
  expect(await device.sync({ fetch: small }).syncNow()).toEqual({ state: 'synced' });
  await expectSame(device);
});

test('one event that is never taken stops its log only, after what stands before it', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(9);
  const old = await headOf(device);
  const picky = refusing((seqs) =>
    seqs.includes(6) ? { code: 'envelope-invalid', status: 400, seq: 6 } : null,
  );
  expect(await device.sync({ fetch: picky }).syncNow()).toEqual({
    state: 'failed',
    code: 'envelope-invalid',
  });
  expect(await storedRaws(old.logid)).toHaveLength(6);
  device.clock.now += PROBE_MS;
  expect(await device.sync({ fetch: direct }).syncNow()).toEqual({ state: 'synced' });
  const head = await headOf(device);
  expect(await storedRaws(head.logid)).toEqual(await ownRaws(device, head.logid));
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
  const device = newDevice(ENDPOINT, token);
  await device.record(2);
  const { logid } = await headOf(device);
  expect(await device.sync({ fetch: refusing(() => problem) }).syncNow()).toEqual({
    state: 'failed',
    code: 'bad-reply',
  });
  expect((await headOf(device)).logid).toBe(logid);
  expect(await device.sync({ fetch: direct }).syncNow({ asked: true })).toEqual({
    state: 'synced',
  });
});

test('a new token is tried at once', async () => {
  const device = newDevice(ENDPOINT, 'cs_default_wrong');
  await device.record(1);
  const first = device.sync({ fetch: direct });
  expect(await first.syncNow()).toEqual({ state: 'failed', code: 'unauthorized' });
  expect(await first.syncNow()).toEqual({ state: 'waiting' });
  device.settings.token = token;
  expect(await first.syncNow()).toEqual({ state: 'synced' });
});

test('many calls at once: one push under way at a time, and the last event is sent', async () => {
  const device = newDevice(ENDPOINT, token);
  await device.record(2);
  let under = 0;
  let most = 0;
  const watched: Fetch = async (input, init) => {
    under += 1;
    most = Math.max(most, under);
    try {
      // Long enough for another to come in between, if it could.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return await direct(input, init);
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
  await expectSame(device);
});
