import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsReply } from '../../lib/protocol/messages.ts';
import { includesRole, meReply, type Role } from '../../lib/protocol/team.ts';
import { ROUTES } from '../../server/api/table.ts';
import { makeLog } from './pushes.ts';
import { BACKENDS, codeOf, openTeam, START_MS, type Person, type Team } from './team.ts';

/** Who may ask for what at least. A route that is not here fails the test: decide, then write it down. */
const LEAST: Readonly<Record<string, Role | 'anyone'>> = {
  'health.read': 'anyone',
  'keys.read': 'anyone',
  'metrics.read': 'anyone',
  'openapi.read': 'anyone',
  'connection.test': 'reviewer',
  'events.push': 'reviewer',
  'log.read': 'reviewer',
  'events.read': 'reviewer',
  'me.read': 'reviewer',
  'members.list': 'lead',
  'members.add': 'admin',
  'members.change': 'admin',
  'tokens.list': 'admin',
  'tokens.mint': 'admin',
  'tokens.revoke': 'admin',
  'policy.read': 'reviewer',
  'policy.publish': 'admin',
  'policies.list': 'lead',
  'feed.read': 'reviewer',
  'cases.open': 'reviewer',
  'cases.list': 'reviewer',
  'cases.read': 'reviewer',
  'cases.claim': 'lead',
  'cases.release': 'lead',
  'cases.hand-over': 'lead',
  'cases.resolve': 'lead',
  'cases.take-back': 'reviewer',
  'history.search': 'lead',
  'auth.read': 'anyone',
  'contents.push': 'reviewer',
  'contents.read': 'reviewer',
  'comments.add': 'lead',
  'comments.list': 'reviewer',
};
const ROLES: readonly Role[] = ['reviewer', 'lead', 'admin'];
const ID = '00000000-0000-7000-8000-0000000000ff';

describe.each(BACKENDS)('roles on %s', (backend) => {
  let team: Team;
  let people: Record<Role, Person>;
  beforeAll(async () => {
    team = await openTeam(backend);
    people = {
      reviewer: await team.add('Mia', 'reviewer'),
      lead: await team.add('Lee', 'lead'),
      admin: await team.add('Ada', 'admin'),
    };
  }, START_MS);
  afterAll(() => team.stop());

  const walk = (as: string) =>
    Promise.all(
      ROUTES.map(async (route) => {
        const path = route.path.replace(/:\w+/g, ID);
        const { status } = await team.ask(route.method, path, { as, body: undefined });
        return { id: route.id, status };
      }),
    );

  test('the table says for each route who may ask, and nothing else answers', () => {
    expect(Object.fromEntries(ROUTES.map(({ id, least }) => [id, least]))).toEqual(LEAST);
    expect(new Set(ROUTES.map(({ id }) => id)).size).toBe(ROUTES.length);
  });

  test.each(ROLES)('as %s: 403 exactly where the role is too low', async (role) => {
    for (const { id, status } of await walk(people[role].token)) {
      const least = LEAST[id] ?? 'anyone';
      const isLow = least !== 'anyone' && !includesRole(role, least);
      expect([id, status === 403, status === 401]).toEqual([id, isLow, false]);
    }
    const me = meReply.parse(
      await (await team.ask('GET', '/v1/me', { as: people[role].token })).json(),
    );
    expect(me).toMatchObject({ role, org: 'default', member: { name: people[role].name } });
    const allowed = Object.entries(LEAST).filter(
      ([, least]) => least !== 'anyone' && includesRole(role, least),
    );
    expect(me.permissions.toSorted()).toEqual(allowed.map(([id]) => id).toSorted());
  });

  const refusedEverywhere = async (as: string) => {
    for (const { id, status } of await walk(as)) {
      expect([id, status === 401]).toEqual([id, LEAST[id] !== 'anyone']);
    }
  };

  test('no token, a made-up one, one of a person who left, a revoked one: 401 at once', async () => {
    await refusedEverywhere('');
    await refusedEverywhere(`cs_default_${'x'.repeat(43)}`);
    const left = await team.add('Leaver', 'admin');
    expect((await team.ask('GET', '/v1/me', { as: left.token })).status).toBe(200);
    await team.ask('PATCH', `/v1/members/${left.id}`, {
      as: team.admin,
      body: { active: false },
    });
    await refusedEverywhere(left.token);
    const lost = await team.add('Loser', 'admin');
    await team.ask('DELETE', `/v1/tokens/${lost.tokenId}`, { as: team.admin });
    await refusedEverywhere(lost.token);
    expect((await team.askOther('GET', '/v1/me', { as: lost.token })).status).toBe(401);
  });

  test('a changed role counts from the next request', async () => {
    const person = await team.add('Riser', 'reviewer');
    expect((await team.ask('GET', '/v1/members', { as: person.token })).status).toBe(403);
    const change = (role: Role) =>
      team.ask('PATCH', `/v1/members/${person.id}`, { as: team.admin, body: { role } });
    await change('lead');
    expect((await team.askOther('GET', '/v1/members', { as: person.token })).status).toBe(200);
    await change('reviewer');
    expect((await team.ask('GET', '/v1/members', { as: person.token })).status).toBe(403);
  });

  test('a reviewer reads the logs that they began, a lead reads all', async () => {
    const [first] = await team.push(people.reviewer.token, 3);
    const logid = /urn:uuid:([0-9a-f-]{36})/.exec(first?.raw ?? '')?.[1] ?? '';
    const other = await team.add('Other', 'reviewer');
    const count = async (as: string) =>
      eventsReply.parse(await (await team.ask('GET', `/v1/logs/${logid}/events`, { as })).json())
        .events.length;
    expect(await count(people.reviewer.token)).toBe(3);
    expect(await count(people.lead.token)).toBe(3);
    expect(await count(other.token)).toBe(0);
    expect((await team.ask('GET', `/v1/logs/${logid}`, { as: other.token })).status).toBe(404);
    // A device that two people share goes on: what each brings stands under their own name.
    const more = makeLog(logid, 4).slice(3);
    const whole = makeLog(logid, 3);
    expect(whole[2]?.hash).toBe(
      (
        await sql<{ head_hash: string }>`SELECT head_hash FROM countersign.logs
        WHERE logid = ${logid}`.execute(team.opened.db)
      ).rows[0]?.head_hash,
    );
    const asOther = await team.pushTo(other.token, logid, more);
    expect(asOther.status).toBe(200);
    const { rows } = await sql<{ member: string }>`SELECT member FROM countersign.events
      WHERE logid = ${logid} ORDER BY seq`.execute(team.opened.db);
    expect(rows.map((row) => row.member)).toEqual([
      ...Array<string>(3).fill(people.reviewer.id),
      other.id,
    ]);
  });

  test("nobody writes the organisation's own log", async () => {
    const { rows } = await sql<{ logid: string }>`SELECT logid FROM countersign.orgs`.execute(
      team.opened.db,
    );
    const logid = rows[0]?.logid ?? '';
    const held = eventsReply.parse(
      await (
        await team.ask('GET', `/v1/logs/${logid}/events?limit=500`, { as: team.admin })
      ).json(),
    ).events;
    expect(held.length).toBeGreaterThan(5);
    const reply = await team.pushTo(team.admin, logid, makeLog(logid, 1));
    expect([reply.status, await codeOf(reply)]).toEqual([403, 'forbidden']);
  });
});
