import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedReply } from '../../lib/protocol/feed.ts';
import { BACKENDS, codeOf, openTeam, START_MS, type Person, type Team } from './team.ts';

describe.each(BACKENDS)('feed on %s', (backend) => {
  let team: Team;
  let mia: Person;
  let lee: Person;
  beforeAll(async () => {
    team = await openTeam(backend);
    mia = await team.add('Mia', 'reviewer');
    lee = await team.add('Lee', 'lead');
  }, START_MS);
  afterAll(() => team.stop());

  const path = (cursor: string | null, wait = 0) =>
    `/v1/feed?wait=${wait}${cursor === null ? '' : `&cursor=${cursor}`}`;
  const read = async (as: string, cursor: string | null, wait = 0, ask = team.ask) =>
    feedReply.parse(await (await ask('GET', path(cursor, wait), { as })).json());
  /** Until so many requests really wait, in the process that `ask` asks. */
  const untilWaiting = async (count: number, ask = team.ask) => {
    const wanted = `countersign_feed_waiting ${count}\n`;
    while (!(await (await ask('GET', '/metrics', { as: '' })).text()).includes(wanted))
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const start = async (as: string) => (await read(as, null)).cursor;
  let version = 0;
  const publish = async () => {
    const body = {
      version: version + 1,
      notBefore: '2026-11-23T00:00:00.000Z',
      notAfter: '2027-11-23T00:00:00.000Z',
      settings: {},
    };
    const reply = await team.ask('PUT', '/v1/policy', { as: team.admin, body, ifMatch: version });
    expect(reply.status).toBe(200);
    version += 1;
  };
  const setRole = (who: Person, body: unknown) =>
    team.ask('PATCH', `/v1/members/${who.id}`, { as: team.admin, body });

  test('first everything is new, then each item once, in order, for whom it is meant', async () => {
    expect((await read(mia.token, null)).items).toEqual([{ kind: 'resync' }]);
    const [hers, his] = [await start(mia.token), await start(lee.token)];
    expect(await read(mia.token, hers)).toEqual({ items: [], cursor: hers });
    await publish();
    await setRole(mia, { role: 'lead' });
    await publish();
    await setRole(mia, { role: 'reviewer' });
    const got = await read(mia.token, hers);
    expect(got.items).toEqual([
      { kind: 'policy', version: version - 1 },
      { kind: 'role', role: 'lead' },
      { kind: 'policy', version },
      { kind: 'role', role: 'reviewer' },
    ]);
    expect((await read(mia.token, got.cursor)).items).toEqual([]);
    expect((await read(lee.token, his)).items.map((item) => item.kind)).toEqual([
      'policy',
      'policy',
    ]);
  });

  test('a request that waits hears of it from another process, without being asked again', async () => {
    const cursor = await start(mia.token);
    const waiting = read(mia.token, cursor, 20, team.askOther);
    await untilWaiting(1, team.askOther);
    await publish();
    expect((await waiting).items).toEqual([{ kind: 'policy', version }]);
  });

  test('nothing new: it answers when the wait is over; who goes away is forgotten', async () => {
    const cursor = await start(mia.token);
    expect(await read(mia.token, cursor, 1)).toEqual({ items: [], cursor });
    const gone = new AbortController();
    const waiting = team.ask('GET', path(cursor, 20), { as: mia.token, signal: gone.signal });
    await untilWaiting(1);
    gone.abort();
    expect((await waiting).status).toBe(200);
    await untilWaiting(0);
  });

  test('access that ends is heard of by a request that waits, and then refused', async () => {
    const leaver = await team.add('Leaver', 'reviewer');
    const loser = await team.add('Loser', 'lead');
    const cursor = await start(leaver.token);
    const waits = [leaver, loser].map((who) => read(who.token, cursor, 20, team.askOther));
    await untilWaiting(2, team.askOther);
    await setRole(leaver, { active: false });
    await team.ask('DELETE', `/v1/tokens/${loser.tokenId}`, { as: team.admin });
    for (const reply of await Promise.all(waits))
      expect(reply.items).toEqual([{ kind: 'signout' }]);
    expect((await team.ask('GET', path(null), { as: leaver.token })).status).toBe(401);
  });

  test('who lost a role while waiting gets nothing that belonged to it', async () => {
    const was = await team.add('Was', 'lead');
    const cursor = await start(was.token);
    const waiting = read(was.token, cursor, 2);
    await untilWaiting(1);
    // In one commit, so that there is no moment in between.
    await team.opened.db.transaction().execute(async (tx) => {
      await sql`UPDATE countersign.members SET role = 'reviewer' WHERE id = ${was.id}`.execute(tx);
      await sql`UPDATE countersign.orgs SET feed_head = feed_head + 1`.execute(tx);
      await sql`INSERT INTO countersign.feed SELECT org, feed_head, 'ab', 'leads',
        '{"kind":"policy","version":1}' FROM countersign.orgs`.execute(tx);
    });
    expect((await waiting).items).toEqual([]);
    expect((await read(lee.token, cursor)).items).toEqual([{ kind: 'policy', version: 1 }]);
  });

  test('a cursor of another organisation, or none at all: refused', async () => {
    const cursor = await start(mia.token);
    const other = cursor.replace('default.', 'other.');
    const reply = await team.ask('GET', path(other), { as: mia.token });
    expect([reply.status, await codeOf(reply)]).toEqual([400, 'cursor']);
    for (const bad of ['x', '..', 'default.-1.0', 'default.1', `default.${'9'.repeat(20)}.0`])
      expect((await team.ask('GET', path(bad), { as: mia.token })).status).toBe(400);
    for (const wait of ['21', '-1', 'x', '1e1', '0&wait=1'])
      expect(
        (await team.ask('GET', `/v1/feed?cursor=${cursor}&wait=${wait}`, { as: mia.token })).status,
      ).toBe(400);
  });

  test('a cursor from before a restore means: read everything again', async () => {
    const cursor = await start(mia.token);
    const [, n = '0'] = cursor.split('.');
    for (const lost of [`default.${Number(n) + 7}.ab`, `default.${n}.00`, 'default.0.1'])
      expect(await read(mia.token, lost)).toEqual({ items: [{ kind: 'resync' }], cursor });
  });

  test('many changes at once: no number is missed by one who follows', async () => {
    const cursor = await start(lee.token);
    const people = await Promise.all([1, 2, 3, 4].map((n) => team.add(`P${n}`, 'reviewer')));
    await publish();
    const changes = people.map((who, n) =>
      (n % 2 === 0 ? team.ask : team.askOther)('PATCH', `/v1/members/${who.id}`, {
        as: team.admin,
        body: { role: 'lead' },
      }),
    );
    expect((await Promise.all(changes)).map((reply) => reply.status)).toEqual([200, 200, 200, 200]);
    const { rows } = await sql<{ n: number }>`SELECT n FROM countersign.feed ORDER BY n`.execute(
      team.opened.db,
    );
    expect(rows.map((row) => row.n)).toEqual(rows.map((_row, index) => index + 1));
    expect((await read(lee.token, cursor)).items).toEqual([{ kind: 'policy', version }]);
  });
});
