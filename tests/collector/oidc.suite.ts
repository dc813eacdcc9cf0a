import { sql } from 'kysely';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { authReply } from '../../lib/protocol/auth.ts';
import { meReply } from '../../lib/protocol/team.ts';
import { oidcSettings } from '../../server/oidc/settings.ts';
import { createOidc } from '../../server/oidc/verify-token.ts';
import { CLIENT, newKey, startProvider, type TestProvider } from './oidc-provider.ts';
import { REDIRECT, signIn } from './sign-in-flow.ts';
import { codeOf, openTeam, START_MS, type Team } from './team.ts';

/** Signing in at a collector on one database. */
export function signInSuite(backend: string): void {
  describe(`sign-in on ${backend}`, () => {
    let provider: TestProvider;
    let team: Team;
    beforeAll(async () => {
      provider = await startProvider({
        redirectUris: [REDIRECT],
        accounts: {
          mia: { email: 'Mia@Desk.Example', email_verified: true, name: 'Mia Meyer' },
          eve: { email: 'boss@desk.example', email_verified: false, name: 'Eve' },
          new: { email: 'new@join.example', email_verified: true, name: 'New\nPerson' },
          off: { email: 'off@elsewhere.example', email_verified: true, name: 'Off' },
          pat: { email: 'pat@desk.example', email_verified: true, name: 'Pat', groups: ['leads'] },
        },
      });
      const settings = oidcSettings({
        OIDC_ISSUER: provider.issuer,
        OIDC_AUDIENCE: CLIENT,
        OIDC_AUTO_JOIN: 'join.example',
      });
      if (settings === null) throw new Error('They ask for a sign-in');
      team = await openTeam(backend, createOidc(settings));
    }, START_MS);
    afterAll(async () => {
      await team.stop();
      await provider.stop();
    });

    const add = async (name: string, email: string, role = 'reviewer'): Promise<string> => {
      const body = { name, email, role };
      const reply = await team.ask('POST', '/v1/members', { as: team.admin, body });
      return (await reply.json()).id;
    };
    const me = (as: string) => team.ask('GET', '/v1/me', { as });
    const answer = async (as: string) => {
      const reply = await me(as);
      return [reply.status, await codeOf(reply)];
    };
    /** A token as the provider would make it, but for what is said. */
    const forged = (over: JWTPayload, header: object = {}, key = provider.key) => {
      const at = Math.floor(team.clock.now / 1000);
      const claims = { iss: provider.issuer, aud: CLIENT, sub: 'mia', iat: at, exp: at + 600 };
      return new SignJWT({ ...claims, ...over })
        .setProtectedHeader({ alg: 'RS256', kid: key.id, ...header })
        .sign(key.privateKey);
    };
    const lastEvents = async (n: number) => {
      const { rows } = await sql<{ raw: string }>`SELECT raw FROM countersign.events e
      JOIN countersign.orgs o ON o.logid = e.logid ORDER BY seq DESC LIMIT ${n}`.execute(
        team.opened.db,
      );
      return rows.map(({ raw }) => JSON.parse(raw)).map(({ type, data }) => [type, data]);
    };

    test('anyone may ask how to sign in; the first sign-in is linked by the verified address', async () => {
      const { oidc } = authReply.parse(await (await me2('/v1/auth')).json());
      expect(oidc).toMatchObject({ issuer: provider.issuer, clientId: CLIENT });
      const { bearer } = await signIn(provider, 'mia');
      expect(await answer(bearer)).toEqual([403, 'not-a-member']);
      const id = await add('Mia', 'mia@desk.example', 'lead');
      const [first, second] = await Promise.all([me(bearer), me(bearer)]);
      for (const reply of [first, second])
        expect(meReply.parse(await reply.json())).toMatchObject({ member: { id }, role: 'lead' });
      expect((await lastEvents(1))[0]).toEqual([
        'dev.countersign.member.linked.v1',
        { memberId: id, issuer: provider.issuer },
      ]);
      const { rows } = await sql`SELECT * FROM countersign.identities`.execute(team.opened.db);
      expect(rows).toHaveLength(1);
      // What it may do is decided as for a token: a change by who signed in is theirs.
      expect((await team.ask('GET', '/v1/members', { as: bearer })).status).toBe(200);
      const body = { name: 'x', email: '', role: 'admin' };
      const raise = await team.ask('POST', '/v1/members', { as: bearer, body });
      expect([raise.status, await codeOf(raise)]).toEqual([403, 'forbidden']);
      expect((await lastEvents(1))[0]?.[0]).toBe('dev.countersign.member.linked.v1');
      await changed(id, { role: 'admin' });
      expect((await team.ask('POST', '/v1/members', { as: bearer, body })).status).toBe(201);
      // Somebody new with the same address is not the same person.
      const again = await forged({ sub: 'mia-2', email: 'mia@desk.example', email_verified: true });
      expect(await answer(again)).toEqual([403, 'not-a-member']);
      // Another address: what was linked is not any more.
      await changed(id, { email: 'meyer@desk.example', role: 'lead' });
      expect(await answer(bearer)).toEqual([403, 'not-a-member']);
      await changed(id, { email: 'mia@desk.example' });
      expect((await me(bearer)).status).toBe(200);
      await changed(id, { active: false });
      expect(await answer(bearer)).toEqual([403, 'inactive']);
      expect(await answer(again)).toEqual([403, 'inactive']);
    });

    const me2 = (path: string) => team.ask('GET', path, { as: '' });
    const changed = async (id: string, body: unknown) =>
      expect((await team.ask('PATCH', `/v1/members/${id}`, { as: team.admin, body })).status).toBe(
        200,
      );

    test('who may join does, once and as reviewer; who is not verified or from elsewhere does not', async () => {
      await add('Boss', 'boss@desk.example', 'admin');
      expect(await answer((await signIn(provider, 'eve')).bearer)).toEqual([
        403,
        'email-unverified',
      ]);
      expect(await answer((await signIn(provider, 'off')).bearer)).toEqual([403, 'not-a-member']);
      const { bearer } = await signIn(provider, 'new');
      const joined = meReply.parse(await (await me(bearer)).json());
      expect(joined).toMatchObject({ role: 'reviewer', member: { name: 'New Person' } });
      expect((await lastEvents(2)).map(([type]) => type)).toEqual([
        'dev.countersign.member.linked.v1',
        'dev.countersign.member.added.v1',
      ]);
      await changed(joined.member.id, { active: false });
      expect(await answer(bearer)).toEqual([403, 'inactive']);
      const again = await forged({ sub: 'n2', email: 'NEW@join.example', email_verified: true });
      expect(await answer(again)).toEqual([403, 'inactive']);
      // A suffix is no domain, and nobody's address is nobody's member.
      for (const email of ['x@evil-join.example', 'x@join.example.evil.example', '@', '', 7])
        expect(await answer(await forged({ sub: 's', email, email_verified: true }))).toEqual([
          403,
          typeof email === 'string' && email !== '' ? 'not-a-member' : 'email-unverified',
        ]);
      await add('Twin', 'twin@desk.example');
      await add('Twin', 'twin@desk.example');
      const twin = await forged({ sub: 't', email: 'twin@desk.example', email_verified: true });
      expect(await answer(twin)).toEqual([403, 'not-a-member']);
    });

    test('no other token is one: audience, issuer, time, key, algorithm, purpose', async () => {
      const at = Math.floor(team.clock.now / 1000);
      await add('Good', 'good@desk.example');
      const who = { sub: 'good', email: 'good@desk.example', email_verified: true };
      expect((await me(await forged(who))).status).toBe(200);
      const secret = new TextEncoder().encode(JSON.stringify(provider.key.jwk.n));
      const stranger = await newKey(provider.key.id);
      const bad: Record<string, string> = {
        audience: await forged({ ...who, aud: 'another-client' }),
        'an audience too many': await forged({ ...who, aud: [CLIENT, 'another-client'] }),
        'another party': await forged({ ...who, aud: [CLIENT, 'x'], azp: 'x' }),
        issuer: await forged({ ...who, iss: 'http://127.0.0.1:9' }),
        expired: await forged({ ...who, iat: at - 700, exp: at - 61 }),
        'not yet': await forged({ ...who, nbf: at + 62 }),
        'made tomorrow': await forged({ ...who, iat: at + 62 }),
        'no end': await new SignJWT({ ...who, iss: provider.issuer, aud: CLIENT, iat: at })
          .setProtectedHeader({ alg: 'RS256', kid: provider.key.id })
          .sign(provider.key.privateKey),
        nobody: await forged({ ...who, sub: '' }),
        'for an API': await forged(who, { typ: 'at+jwt' }),
        'for signing out': await forged({ ...who, events: {} }),
        'another key by that name': await forged(who, {}, stranger),
        'a key of its own': await forged(who, { jwk: stranger.jwk, kid: 'x' }, stranger),
        none: new UnsecuredJWT({
          ...who,
          iss: provider.issuer,
          aud: CLIENT,
          exp: at + 60,
          iat: at,
        }).encode(),
        'a secret': await new SignJWT({
          ...who,
          iss: provider.issuer,
          aud: CLIENT,
          exp: at + 60,
          iat: at,
        })
          .setProtectedHeader({ alg: 'HS256', kid: provider.key.id })
          .sign(secret),
        'no signature': `${(await forged(who)).split('.').slice(0, 2).join('.')}.`,
      };
      for (const [what, token] of Object.entries(bad))
        expect([what, ...(await answer(token))]).toEqual([what, 401, 'unauthenticated']);
      // Clocks may be a minute apart.
      expect((await me(await forged({ ...who, iat: at - 700, exp: at - 55 }))).status).toBe(200);
    });

    test('keys that the provider changes are learned; while they cannot be had nobody is signed out', async () => {
      await add('Kay', 'kay@desk.example');
      const who = { sub: 'kay', email: 'kay@desk.example', email_verified: true };
      const before = await forged(who);
      expect((await me(before)).status).toBe(200);
      await provider.rotate();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
      try {
        expect((await me(await forged(who))).status).toBe(200);
        expect(await answer(before)).toEqual([401, 'unauthenticated']);
        provider.setDown(true);
        vi.setSystemTime(Date.now() + 31_000);
        const unknown = await newKey('unknown');
        expect(await answer(await forged(who, {}, unknown))).toEqual([503, 'unavailable']);
        expect((await me(await forged(who))).status).toBe(200);
      } finally {
        provider.setDown(false);
        vi.useRealTimers();
      }
    });

    test('no token, address or subject stands in a log line, an event or a table but the two that need it', async () => {
      const { bearer } = await signIn(provider, 'new');
      await me(bearer);
      const { rows } = await sql<{ raw: string }>`SELECT raw FROM countersign.events`.execute(
        team.opened.db,
      );
      const said = JSON.stringify([team.lines, rows]);
      expect(said.length).toBeGreaterThan(1000);
      for (const secret of [
        bearer.split('.')[2] ?? '-',
        bearer.split('.')[1] ?? '-',
        'join.example',
      ])
        expect(said).not.toContain(secret);
    });
  });
}
