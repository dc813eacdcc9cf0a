import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import canonicalize from 'canonicalize';
import { leafHash } from '../../lib/audit/leaf.ts';
import { eventsReply, keysReply, pushReply } from '../../lib/protocol/messages.ts';
import { verifyReceipt } from '../../lib/protocol/receipt.ts';
import { verifySignature } from '../../lib/sync/verify-signature.ts';
import { createApp } from '../../server/app.ts';
import { openDatabase, type OpenDatabase, type Place } from '../../server/db/open.ts';
import { APP_ROLE } from '../../server/db/schema.ts';
import { DEFAULT_ORG, setUpOrg } from '../../server/set-up-org.ts';
import { makeLog, newLogid, pushOf, type Made } from './pushes.ts';
import { postgresPrograms, startPostgres, type OwnPostgres } from './postgres.ts';

/** Starting a database is slow on a busy machine. */
const START_MS = 120_000;

const programs = postgresPrograms();
const backends = programs === null ? ['embedded'] : ['embedded', 'PostgreSQL'];

describe.each(backends)('collector on %s', (backend) => {
  let server: OwnPostgres | null = null;
  let opened: OpenDatabase;
  let token = '';
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    let place: Place = { kind: 'memory' };
    if (backend === 'PostgreSQL' && programs !== null) {
      server = await startPostgres(programs);
      place = { kind: 'postgres', url: await server.freshUrl() };
    }
    opened = await openDatabase(place);
    const org = await setUpOrg(opened.db, DEFAULT_ORG, { newToken: false });
    token = org.token ?? '';
    app = createApp({ db: opened.db, key: org.key, log: () => undefined, now: Date.now });
  }, START_MS);
  afterAll(async () => {
    await opened.close();
    await server?.stop();
  });

  const send = async (push: ReturnType<typeof pushOf>) => app.request(push.path, push.init);
  const push = (logid: string, events: readonly Made[], over = {}) =>
    send(pushOf(token, logid, events, over));
  const get = (path: string, as = token) =>
    app.request(path, {
      headers: { Authorization: `Bearer ${as}`, 'Countersign-Protocol': '1' },
    });
  const stored = async (logid: string, as = token) =>
    eventsReply.parse(await (await get(`/v1/logs/${logid}/events?limit=500`, as)).json()).events;
  const refused = async (response: Response) => {
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const { type, title: _title, ...rest } = await response.json();
    return { ...rest, code: String(type).replace('urn:countersign:problem:', '') };
  };

  test('stores exact bytes and signs for them with the published key', async () => {
    const logid = newLogid();
    const log = makeLog(logid, 12, { text: 'ü \u2028 "quoted" \\ 🙂' });
    const reply = await push(logid, log);
    expect(reply.status).toBe(200);
    const { head, receipt } = pushReply.parse(await reply.json());
    expect(head).toEqual({ seq: 11, hash: log[11]?.hash });
    expect(receipt).toMatchObject({ ...head, logid, eventsCount: 12, org: 'default' });
    const [key] = keysReply.parse(await (await app.request('/v1/keys')).json()).keys;
    if (key === undefined) throw new Error('There is a key');
    expect(await verifyReceipt(receipt, key, verifySignature)).toBe(true);
    const rows = await stored(logid);
    expect(rows.map((row) => row.raw)).toEqual(log.map((event) => event.raw));
    expect(rows.every((row) => row.known && leafHash(row.raw) === row.hash)).toBe(true);
    expect(await (await get(`/v1/logs/${logid}`)).json()).toEqual({ head });
    const page = eventsReply.parse(
      await (await get(`/v1/logs/${logid}/events?from=3&limit=4`)).json(),
    );
    expect(page.events.map((row) => row.seq)).toEqual([3, 4, 5, 6]);
    expect(page.next).toBe(7);
  });

  test('a repeated push, and one that overlaps, store each event once', async () => {
    const logid = newLogid();
    const log = makeLog(logid, 10);
    for (const [from, to] of [
      [0, 5],
      [0, 5],
      [2, 8],
      [0, 10],
      [3, 4],
    ]) {
      const reply = await push(logid, log.slice(from, to));
      expect(reply.status).toBe(200);
    }
    const again = pushReply.parse(await (await push(logid, log.slice(0, 5))).json());
    expect(again.head).toEqual({ seq: 9, hash: log[9]?.hash });
    expect(again.receipt.eventsCount).toBe(0);
    expect(await stored(logid)).toHaveLength(10);
  });

  test('a gap and a fork are named, and change nothing', async () => {
    const logid = newLogid();
    const log = makeLog(logid, 8);
    expect(await refused(await push(logid, log.slice(2)))).toEqual({
      code: 'gap',
      status: 409,
      expected: 0,
      head: null,
    });
    await push(logid, log.slice(0, 4));
    expect(await refused(await push(logid, log.slice(5)))).toEqual({
      code: 'gap',
      status: 409,
      expected: 4,
      head: { seq: 3, hash: log[3]?.hash },
    });
    const other = makeLog(logid, 8, { other: true });
    expect(await refused(await push(logid, other.slice(2)))).toEqual({
      code: 'fork',
      status: 409,
      seq: 2,
      storedHash: log[2]?.hash,
    });
    // Its first new entry names another entry before it than the one that is held.
    expect(await refused(await push(logid, other.slice(4)))).toEqual({
      code: 'fork',
      status: 409,
      seq: 3,
      storedHash: log[3]?.hash,
    });
    expect((await stored(logid)).map((row) => row.hash)).toEqual(
      log.slice(0, 4).map((event) => event.hash),
    );
  });

  test('pushes at the same time: each event once, none refused for good', async () => {
    const logid = newLogid();
    const log = makeLog(logid, 60);
    const same = await Promise.all(Array.from({ length: 8 }, () => push(logid, log.slice(0, 20))));
    const late = same.filter((reply) => reply.status !== 200);
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(8);
    for (const reply of late) {
      expect(reply.headers.get('retry-after')).toBe('1');
      expect(await refused(reply)).toEqual({ code: 'in-progress', status: 409 });
    }
    const many = await Promise.all(
      [10, 5, 0, 15, 1].map((from) => push(logid, log.slice(from, from + 40))),
    );
    expect(many.map((reply) => reply.status)).toEqual([200, 200, 200, 200, 200]);
    expect((await stored(logid)).map((row) => row.hash)).toEqual(
      log.slice(0, 55).map((event) => event.hash),
    );
  });

  test('an event of a later version is stored as it is', async () => {
    const logid = newLogid();
    const [first] = makeLog(logid, 1);
    if (first === undefined) throw new Error('There is one');
    const raw = canonicalize({
      ...JSON.parse(first.raw),
      type: 'dev.countersign.item.dreamt.v7',
      newattribute: 'x',
    });
    if (raw === undefined) throw new Error('It is serialisable');
    expect((await push(logid, [{ seq: 0, raw, hash: leafHash(raw) }])).status).toBe(200);
    expect(await stored(logid)).toMatchObject([{ raw, known: false }]);
  });

  const broken: [string, (log: Made[]) => (Made | undefined)[], number][] = [
    ['of another log', (log) => [log[0], makeLog(newLogid(), 2)[1]], 1],
    ['out of order', (log) => [log[0], log[2]], 1],
    ['not canonical', (log) => log.map((e) => ({ ...e, raw: ` ${e.raw}` })), 0],
    ['no JSON', (log) => [log[0], log[1], { seq: 2, hash: '', raw: '{' }], 2],
    ['without the one before', (log) => [log[0], unchained(log[1])], 1],
    ['over the size limit', (log) => [log[0], { seq: 1, hash: '', raw: 'x'.repeat(62_000) }], 1],
    ['a lone surrogate', (log) => [{ seq: 0, hash: '', raw: `${log[0]?.raw}\ud800` }], 0],
  ];
  const unchained = (event: Made | undefined) => {
    const value = { ...JSON.parse(event?.raw ?? '{}'), prevhash: 'A'.repeat(43) };
    return { seq: 1, hash: '', raw: canonicalize(value) ?? '' };
  };
  test.each(broken)('an event %s: refused by number, nothing stored', async (_, change, seq) => {
    const logid = newLogid();
    const events = change(makeLog(logid, 3)).filter((event) => event !== undefined);
    expect(await refused(await push(logid, events))).toEqual({
      code: 'envelope-invalid',
      status: 400,
      seq,
    });
    expect(await stored(logid)).toEqual([]);
  });

  const bad: [string, number, string, Parameters<typeof pushOf>[3]][] = [
    ['no token', 401, 'unauthenticated', { headers: { Authorization: '' } }],
    [
      'another token',
      401,
      'unauthenticated',
      { headers: { Authorization: 'Bearer cs_default_x' } },
    ],
    ['a later protocol', 426, 'protocol', { headers: { 'Countersign-Protocol': '2' } }],
    ['another digest', 400, 'digest-mismatch', { headers: { 'Content-Digest': 'sha-256=:AA==:' } }],
    ['compression', 415, 'unsupported-encoding', { headers: { 'Content-Encoding': 'gzip' } }],
    ['another type', 400, 'request-invalid', { headers: { 'Content-Type': 'text/plain' } }],
    ['no JSON', 400, 'request-invalid', { body: '{"from":0' }],
    ['a byte order mark', 400, 'request-invalid', { body: '\ufeff{"from":0,"events":["x"]}' }],
    ['broken UTF-8', 400, 'request-invalid', { body: Uint8Array.of(0x22, 0xff, 0x22) }],
    ['no events', 400, 'request-invalid', { body: '{"from":0,"events":[]}' }],
    ['a negative start', 400, 'request-invalid', { body: '{"from":-1,"events":["x"]}' }],
    [
      '501 events',
      400,
      'request-invalid',
      { body: JSON.stringify({ from: 0, events: Array(501).fill('') }) },
    ],
    ['2 MiB', 413, 'too-large', { body: `"${'x'.repeat(2 * 1024 * 1024)}"` }],
    ['another key', 422, 'key-reused', { headers: { 'Idempotency-Key': '"x/0-0/00"' } }],
  ];
  test.each(bad)('%s: %i %s', async (_name, status, code, over) => {
    const logid = newLogid();
    const reply = await push(logid, makeLog(logid, 1), over);
    expect(await refused(reply)).toMatchObject({ status, code });
    expect(reply.status).toBe(status);
    expect(await stored(logid)).toEqual([]);
  });

  test('addresses that are none: a clear refusal', async () => {
    const logs = makeLog(newLogid(), 1);
    expect((await push('..%2f..', logs)).status).toBe(400);
    expect((await get('/v1/logs/%00')).status).toBe(400);
    expect((await get(`/v1/logs/${newLogid()}`)).status).toBe(404);
    expect((await get(`/v1/logs/${newLogid()}/events?from=-1`)).status).toBe(400);
    expect((await get(`/v1/logs/${newLogid()}/events?limit=501`)).status).toBe(400);
    expect((await get('/v2/anything')).status).toBe(404);
  });

  test('an organisation sees only its own', async () => {
    const logid = newLogid();
    const log = makeLog(logid, 3);
    await push(logid, log);
    const other = (await setUpOrg(opened.db, 'other', { newToken: true })).token ?? '';
    expect((await get(`/v1/logs/${logid}`, other)).status).toBe(404);
    expect(await stored(logid, other)).toEqual([]);
    const twin = makeLog(logid, 2, { other: true });
    expect((await send(pushOf(other, logid, twin))).status).toBe(200);
    expect(await stored(logid)).toHaveLength(3);
    const swapped = other.replace('cs_other_', 'cs_default_');
    expect((await get(`/v1/logs/${logid}`, swapped)).status).toBe(401);
  });

  test('stored events stay: neither the collector nor the owner changes one by a slip', async () => {
    const logid = newLogid();
    await push(logid, makeLog(logid, 3));
    const changes = [
      `UPDATE countersign.events SET raw = '' WHERE logid = '${logid}'`,
      `DELETE FROM countersign.events WHERE logid = '${logid}'`,
      'TRUNCATE countersign.events',
    ];
    for (const change of changes) {
      await expect(sql.raw(change).execute(opened.db)).rejects.toThrow(/permission denied/);
    }
    await opened.db.connection().execute(async (owner) => {
      await sql.raw('RESET ROLE').execute(owner);
      try {
        for (const change of changes) {
          await expect(sql.raw(change).execute(owner)).rejects.toThrow(/append-only/);
        }
      } finally {
        await sql.raw(`SET ROLE ${APP_ROLE}`).execute(owner);
      }
    });
    expect(await stored(logid)).toHaveLength(3);
  });

  test('the token is stored as a hash only, and a second start makes none', async () => {
    expect(token).toMatch(/^cs_default_[\w-]{43}$/);
    const { rows } = await sql<Record<string, string>>`SELECT * FROM countersign.tokens`.execute(
      opened.db,
    );
    expect(JSON.stringify(rows)).not.toContain(token.slice(-43));
    expect((await setUpOrg(opened.db, DEFAULT_ORG, { newToken: false })).token).toBeNull();
    const starts = await Promise.all(
      [1, 2, 3].map(() => setUpOrg(opened.db, 'fresh', { newToken: false })),
    );
    expect(new Set(starts.map((start) => start.key.id)).size).toBe(1);
    expect(starts.filter((start) => start.token !== null)).toHaveLength(1);
  });

  test('replies are readable for extensions only', async () => {
    const allowed = async (origin: string) => {
      const reply = await app.request('/health', { headers: { Origin: origin } });
      return reply.headers.get('access-control-allow-origin');
    };
    const extension = `chrome-extension://${'abcdefgh'.repeat(4)}`;
    expect(await allowed(extension)).toBe(extension);
    expect(await allowed('https://evil.example')).toBeNull();
    expect(await allowed('null')).toBeNull();
    expect(await allowed(`${extension}.evil.example`)).toBeNull();
  });
});

test.skipIf(programs === null)(
  'a plain database user: the role made by an administrator is enough, without it nothing starts',
  async () => {
    if (programs === null) return;
    const server = await startPostgres(programs);
    try {
      const without = await server.plainUrl('SELECT 1');
      await expect(openDatabase({ kind: 'postgres', url: without })).rejects.toThrow(
        /permission denied/,
      );
      const url = await server.plainUrl(
        `CREATE ROLE ${APP_ROLE} NOLOGIN; GRANT ${APP_ROLE} TO <user>;`,
      );
      // Two processes that start at the same time on an empty database.
      const both = await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgres', url })));
      for (const { db, close } of both) {
        expect((await setUpOrg(db, DEFAULT_ORG, { newToken: true })).token).not.toBeNull();
        await close();
      }
    } finally {
      await server.stop();
    }
  },
  START_MS,
);
