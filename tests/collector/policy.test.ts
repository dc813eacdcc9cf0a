import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../lib/settings/catalog.ts';
import { keysReply } from '../../lib/protocol/messages.ts';
import { policiesReply, readPolicy, signedPolicy } from '../../lib/protocol/policy.ts';
import { policySettings } from '../../lib/protocol/settings.ts';
import { verifySignature } from '../../lib/sync/verify-signature.ts';
import { BACKENDS, codeOf, openTeam, START_MS, type Person, type Team } from './team.ts';

const request = (version: number, settings: unknown = { mode: 'enforce' }) => ({
  version,
  notBefore: '2026-11-23T00:00:00.000Z',
  notAfter: '2027-11-23T00:00:00.000Z',
  settings,
});

test('what a policy may carry are settings of the catalog, but none that are personal or secret', () => {
  const keys = Object.keys(policySettings.shape);
  expect(keys.filter((key) => !Object.hasOwn(catalog, key))).toEqual([]);
  for (const key of ['customSites', 'syncEndpoint', 'syncToken', 'reviewerRole', 'consentAt'])
    expect(keys).not.toContain(key);
  for (const [key, entry] of Object.entries(catalog))
    if (keys.includes(key)) expect(policySettings.parse({ [key]: entry.fallback })).toBeDefined();
});

describe.each(BACKENDS)('policy on %s', (backend) => {
  let team: Team;
  let mia: Person;
  beforeAll(async () => {
    team = await openTeam(backend);
    mia = await team.add('Mia', 'reviewer');
  }, START_MS);
  afterAll(() => team.stop());

  const put = (body: unknown, ifMatch?: number) =>
    team.ask('PUT', '/v1/policy', {
      as: team.admin,
      body,
      ...(ifMatch === undefined ? {} : { ifMatch }),
    });
  const current = async () =>
    signedPolicy.parse(await (await team.ask('GET', '/v1/policy', { as: mia.token })).json());

  test('none, then signed versions that only rise, all kept', async () => {
    expect((await team.ask('GET', '/v1/policy', { as: mia.token })).status).toBe(404);
    expect(await codeOf(await put(request(1)))).toBe('precondition-required');
    expect(await codeOf(await put(request(1), 1))).toBe('changed');
    expect((await put(request(1), 0)).status).toBe(200);
    const first = await current();
    expect(first).toMatchObject({ ...request(1), format: 'countersign-policy', org: 'default' });

    const late = await put(request(2), 0);
    expect(late.status).toBe(412);
    expect(await late.json()).toMatchObject({ version: 1 });
    for (const version of [1, 0, -1]) expect((await put(request(version), 1)).status).toBe(400);
    expect((await put(request(5, { mode: 'advise', sites: ['desk.example'] }), 1)).status).toBe(
      200,
    );
    const { policies, next } = policiesReply.parse(
      await (await team.ask('GET', '/v1/policies', { as: team.admin })).json(),
    );
    expect(policies.map(({ policy }) => policy.version)).toEqual([5, 1]);
    expect([policies[1]?.policy, next]).toEqual([first, null]);
    await expect(
      sql`UPDATE countersign.policies SET body = ''`.execute(team.opened.db),
    ).rejects.toThrow(/permission denied/);
    const { rows } = await sql<{ raw: string }>`SELECT raw FROM countersign.events
      WHERE raw LIKE '%policy.published%' ORDER BY seq`.execute(team.opened.db);
    expect(rows.map(({ raw }) => JSON.parse(raw).data)).toMatchObject([
      { version: { before: 0, after: 1 }, keys: ['mode'] },
      { version: { before: 1, after: 5 }, keys: ['mode', 'sites'] },
    ]);
  });

  test('a device takes it by the pinned key, and nothing that was touched', async () => {
    const policy = await current();
    const reply = await team.ask('GET', '/v1/keys', { as: '' });
    const [key] = keysReply.parse(await reply.json()).keys;
    if (key === undefined) throw new Error('There is a key');
    const read = (json: unknown, over = {}) =>
      readPolicy(json, { org: 'default', version: 0, key, ...over }, verifySignature);
    expect(await read(policy)).toEqual({ ok: true, policy });
    expect(await read(policy, { version: 4 })).toMatchObject({ ok: true });
    expect(await read(policy, { version: 5 })).toEqual({ ok: false, problem: 'older' });
    expect(await read(policy, { org: 'other' })).toEqual({ ok: false, problem: 'other-org' });
    const touched: object[] = [
      { version: 6 },
      { notAfter: '2099-01-01T00:00:00.000Z' },
      { settings: { mode: 'observe' } },
      { settings: { mode: '\ud800' } },
      { signature: 'A'.repeat(86) },
      { signature: '' },
      { key: '0'.repeat(16) },
    ];
    for (const over of touched)
      expect(await read({ ...policy, ...over })).toEqual({ ok: false, problem: 'bad-signature' });
    const { signature: _signature, ...unsigned } = policy;
    for (const json of [unsigned, null, [], 'x', { ...policy, format: 'countersign-receipt' }])
      expect(await read(json)).toEqual({ ok: false, problem: 'not-a-policy' });
  });

  test('two at the same time: one wins, the other is told the version', async () => {
    const { version } = await current();
    const replies = await Promise.all([
      put(request(version + 1), version),
      team.askOther('PUT', '/v1/policy', {
        as: team.admin,
        body: request(version + 2),
        ifMatch: version,
      }),
    ]);
    expect(replies.map((reply) => String(reply.status)).toSorted()).toEqual(['200', '412']);
  });

  test.each([
    ['an unknown key', { colour: 'red' }],
    ['site descriptions', { customSites: [] }],
    ['a token', { syncToken: 'x' }],
    ['a role', { reviewerRole: 'admin' }],
    ['a wrong value', { mode: 'sleep' }],
    ['a prototype', JSON.parse('{"__proto__":{"mode":"observe"}}')],
    ['no map', []],
  ])('%s: refused', async (_name, settings) => {
    const { version } = await current();
    expect((await put(request(version + 1, settings), version)).status).toBe(400);
  });
  test('it ends after it begins', async () => {
    const { version } = await current();
    const body = { ...request(version + 1), notAfter: '2026-11-23T00:00:00.000Z' };
    expect((await put(body, version)).status).toBe(400);
  });
});
