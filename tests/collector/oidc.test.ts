import { sql } from 'kysely';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meReply } from '../../lib/protocol/team.ts';
import { oidcSettings } from '../../server/oidc/settings.ts';
import { createOidc } from '../../server/oidc/verify-token.ts';
import { CLIENT, startProvider, type TestProvider } from './oidc-provider.ts';
import { signInSuite } from './oidc.suite.ts';
import { REDIRECT, signIn } from './sign-in-flow.ts';
import { openTeam, START_MS, type Team } from './team.ts';

signInSuite('embedded');

describe('roles by the provider’s groups', () => {
  const roleClaim = 'groups: leads=lead, it=admin';
  let team: Team;
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider({
      redirectUris: [REDIRECT],
      accounts: {
        pat: { email: 'pat@desk.example', email_verified: true, name: 'Pat', groups: ['leads'] },
      },
    });
    const env = { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: CLIENT, OIDC_ROLE_CLAIM: roleClaim };
    const settings = oidcSettings(env);
    if (settings === null) throw new Error('They ask for a sign-in');
    team = await openTeam('embedded', createOidc(settings));
  }, START_MS);
  afterAll(async () => {
    await team.stop();
    await provider.stop();
  });

  test('the newest token counts, an older one changes nothing, the last administrator stays', async () => {
    const body = { name: 'Pat', email: 'pat@desk.example', role: 'reviewer' };
    await team.ask('POST', '/v1/members', { as: team.admin, body });
    const roleOf = async (token: string) =>
      meReply.parse(await (await team.ask('GET', '/v1/me', { as: token })).json()).role;
    const { bearer } = await signIn(provider, 'pat');
    expect(await roleOf(bearer)).toBe('lead');
    const iat: number = JSON.parse(
      atob(bearer.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
    ).iat;
    const made = (after: number, groups: unknown) =>
      new SignJWT({
        iss: provider.issuer,
        aud: CLIENT,
        sub: 'pat',
        groups,
        iat: iat + after,
        exp: iat + 900,
      })
        .setProtectedHeader({ alg: 'RS256', kid: provider.key.id })
        .sign(provider.key.privateKey);
    expect(await roleOf(await made(5, ['it', 'leads']))).toBe('admin');
    expect(await roleOf(bearer)).toBe('admin');
    expect(await roleOf(await made(6, ['cooks', 4, 'leads']))).toBe('lead');
    expect(await roleOf(await made(7, 'it'))).toBe('admin');
    // The other administrator leaves: what the groups say now would leave none.
    const { members } = await (await team.ask('GET', '/v1/members', { as: team.admin })).json();
    const other = members.find((one: { name: string }) => one.name === 'Admin');
    const gone = await team.ask('PATCH', `/v1/members/${other.id}`, {
      as: await made(7, 'it'),
      body: { active: false },
    });
    expect(gone.status).toBe(200);
    expect(await roleOf(await made(8, []))).toBe('admin');
    const { rows } = await sql<{ raw: string }>`SELECT raw FROM countersign.events`.execute(
      team.opened.db,
    );
    const changes = rows.flatMap(({ raw }) => {
      const { type, data } = JSON.parse(raw);
      return type.includes('member.changed') && data.how === 'sign-in' ? [data.role.after] : [];
    });
    expect(changes).toEqual(['lead', 'admin', 'lead', 'admin']);
  });
});

test.each([
  [{ OIDC_ISSUER: 'http://id.example', OIDC_AUDIENCE: 'a' }, 'OIDC_ISSUER'],
  [{ OIDC_ISSUER: 'https://id.example' }, 'OIDC_AUDIENCE'],
  [{ OIDC_AUDIENCE: 'a' }, 'OIDC_ISSUER'],
  [
    { OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'a', OIDC_ROLE_CLAIM: 'groups' },
    'OIDC_ROLE',
  ],
  [
    { OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'a', OIDC_ROLE_CLAIM: 'g: x=owner' },
    'OIDC_ROLE',
  ],
  [
    { OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'a', OIDC_AUTO_JOIN: '*' },
    'OIDC_AUTO_JOIN',
  ],
])('half a sign-in does not start: %j', (env, named) => {
  expect(() => oidcSettings(env)).toThrow(named);
});
