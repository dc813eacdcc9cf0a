import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEvent } from '../../lib/audit/event-read.ts';
import { ZERO_HASH } from '../../lib/audit/leaf.ts';
import { eventsReply } from '../../lib/protocol/messages.ts';
import { member, membersReply, mintedReply, tokensReply } from '../../lib/protocol/team.ts';
import { BACKENDS, codeOf, openTeam, START_MS, type Team } from './team.ts';

describe.each(BACKENDS)('people on %s', (backend) => {
  let team: Team;
  beforeAll(async () => {
    team = await openTeam(backend);
  }, START_MS);
  afterAll(() => team.stop());

  const events = async () => {
    const { rows } = await sql<{ logid: string }>`SELECT logid FROM countersign.orgs`.execute(
      team.opened.db,
    );
    const path = `/v1/logs/${rows[0]?.logid}/events?limit=500`;
    return eventsReply.parse(await (await team.ask('GET', path, { as: team.admin })).json()).events;
  };
  const change = (id: string, body: unknown) =>
    team.ask('PATCH', `/v1/members/${id}`, { as: team.admin, body });

  test('added, changed, with a token, gone: each change is an event of a chained log', async () => {
    const before = (await events()).length;
    const body = { name: 'Mia Meyer', email: 'mia@desk.example', role: 'reviewer' };
    const added = await team.ask('POST', '/v1/members', { as: team.admin, body });
    expect(added.status).toBe(201);
    const mia = member.parse(await added.json());
    expect(mia).toMatchObject({ ...body, active: true });
    const minted = await team.ask('POST', `/v1/members/${mia.id}/tokens`, {
      as: team.admin,
      body: { label: 'laptop' },
    });
    const { token, info } = mintedReply.parse(await minted.json());
    expect(await (await change(mia.id, { role: 'lead' })).json()).toEqual({ ...mia, role: 'lead' });
    await team.ask('DELETE', `/v1/tokens/${info.id}`, { as: team.admin });
    // Revoking again is the same revocation.
    await team.ask('DELETE', `/v1/tokens/${info.id}`, { as: team.admin });
    await change(mia.id, { active: false });
    const all = await events();
    const made = all.slice(before).map(({ raw }) => readEvent(raw));
    const facts = made.map((read) =>
      read.ok ? [read.event.cloudType, read.event.actor, read.event.data] : read,
    );
    const type = (name: string) => `dev.countersign.${name}.v1`;
    const ids = { memberId: mia.id };
    const change_ = (role: string[], active: boolean[]) => ({
      ...ids,
      role: { before: role[0], after: role[1] },
      active: { before: active[0], after: active[1] },
      renamed: false,
    });
    expect(facts).toEqual([
      [type('member.added'), 'Admin', { ...ids, role: 'reviewer' }],
      [type('token.minted'), 'Admin', { ...ids, tokenId: info.id }],
      [type('member.changed'), 'Admin', change_(['reviewer', 'lead'], [true, true])],
      [type('token.revoked'), 'Admin', { ...ids, tokenId: info.id }],
      [type('member.changed'), 'Admin', change_(['lead', 'lead'], [true, false])],
    ]);
    let prevHash = ZERO_HASH;
    for (const { raw, hash } of all) {
      const read = readEvent(raw);
      expect(read.ok && read.event.prevHash).toBe(prevHash);
      prevHash = hash;
    }
    expect(JSON.stringify(all)).not.toContain('mia@desk.example');
    const { rows } = await sql`SELECT * FROM countersign.tokens`.execute(team.opened.db);
    expect(JSON.stringify(rows)).not.toContain(token.slice(-43));
  });

  test('tokens are listed without the tokens; someone gone gets none', async () => {
    const person = await team.add('Lis', 'reviewer');
    const listed = async () => {
      const reply = await team.ask('GET', `/v1/members/${person.id}/tokens`, { as: team.admin });
      const text = await reply.text();
      expect(text).not.toContain(person.token.slice(-43));
      expect(text).not.toContain('hash');
      return tokensReply.parse(JSON.parse(text)).tokens;
    };
    expect(await listed()).toMatchObject([
      { id: person.tokenId, label: 'laptop', revokedAt: null },
    ]);
    await team.ask('DELETE', `/v1/tokens/${person.tokenId}`, { as: team.admin });
    expect((await listed())[0]?.revokedAt).not.toBeNull();
    await change(person.id, { active: false });
    const none = await team.ask('POST', `/v1/members/${person.id}/tokens`, {
      as: team.admin,
      body: { label: '' },
    });
    expect([none.status, await codeOf(none)]).toEqual([409, 'ended']);
  });

  test('the last active administrator stays, also when two leave at the same time', async () => {
    const { members } = membersReply.parse(
      await (await team.ask('GET', '/v1/members', { as: team.admin })).json(),
    );
    const first = members.find((one) => one.role === 'admin' && one.active);
    const id = first?.id ?? '';
    for (const body of [{ active: false }, { role: 'lead' }]) {
      const reply = await change(id, body);
      expect([reply.status, await codeOf(reply)]).toEqual([409, 'last-admin']);
    }
    const second = await team.add('Ada', 'admin');
    const replies = await Promise.all([
      change(second.id, { active: false }),
      team.askOther('PATCH', `/v1/members/${id}`, { as: second.token, body: { active: false } }),
    ]);
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM countersign.members
      WHERE role = 'admin' AND active`.execute(team.opened.db);
    expect(rows[0]?.n).toBe(1);
    // Whoever is left lets the other back in.
    const left = replies[0]?.status === 200 ? team.admin : second.token;
    await team.ask('PATCH', `/v1/members/${id}`, { as: left, body: { active: true } });
  });

  test.each([
    ['an unknown role', { name: 'x', email: '', role: 'owner' }],
    ['no name', { name: ' ', email: '', role: 'lead' }],
    ['a line break', { name: 'a\nb', email: '', role: 'lead' }],
    ['a zero byte', { name: 'a\0b', email: '', role: 'lead' }],
    ['a lone surrogate', { name: 'a\ud800', email: '', role: 'lead' }],
    ['a long name', { name: 'x'.repeat(81), email: '', role: 'lead' }],
    ['no address', { name: 'x', email: 'nobody', role: 'lead' }],
    ['a list', []],
  ])('%s: refused', async (_name, body) => {
    const reply = await team.ask('POST', '/v1/members', { as: team.admin, body });
    expect([reply.status, await codeOf(reply)]).toEqual([400, 'request-invalid']);
  });

  test('nobody changes what is not there, or what is of another organisation', async () => {
    const id = '00000000-0000-7000-8000-0000000000ee';
    expect((await change(id, { role: 'lead' })).status).toBe(404);
    expect((await change('x', { role: 'lead' })).status).toBe(400);
    expect((await team.ask('DELETE', `/v1/tokens/${id}`, { as: team.admin })).status).toBe(404);
  });
});
