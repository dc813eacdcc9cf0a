import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askCollector } from '../../lib/sync/ask-collector.ts';
import { createAskAsMember } from '../../lib/background/ask-as-member.ts';
import { createSignIn, type SignInAct, type SignInDeps } from '../../lib/background/sign-in.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { meReply } from '../../lib/protocol/team.ts';
import type { SignedIn, SignInNote, SignInStore } from '../../lib/settings/sign-in-store.ts';
import { oidcSettings } from '../../server/oidc/settings.ts';
import { createOidc } from '../../server/oidc/verify-token.ts';
import { CLIENT, startProvider, type TestProvider } from './oidc-provider.ts';
import { Browsing, REDIRECT } from './sign-in-flow.ts';
import { openTeam, START_MS, type Team } from './team.ts';

const HERE = 'http://127.0.0.1:9';

let provider: TestProvider;
let team: Team;
beforeAll(async () => {
  provider = await startProvider({
    redirectUris: [REDIRECT],
    accounts: {
      mia: { email: 'mia@desk.example', email_verified: true, name: 'Mia' },
      ben: { email: 'ben@desk.example', email_verified: true, name: 'Ben' },
      eve: { email: 'eve@else.example', email_verified: true, name: 'Eve' },
    },
  });
  const settings = oidcSettings({ OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: CLIENT });
  if (settings === null) throw new Error('They ask for a sign-in');
  team = await openTeam('embedded', createOidc(settings));
  for (const name of ['mia', 'ben'])
    await team.ask('POST', '/v1/members', {
      as: team.admin,
      body: { name, email: `${name}@desk.example`, role: 'reviewer' },
    });
}, START_MS);
afterAll(async () => {
  await team.stop();
  await provider.stop();
});

/** A device: the extension's own code over a browser's memory and disk, a clock and a person. */
function device() {
  const disk: { note: SignInNote | null } = { note: null };
  let memory: { session: SignedIn | null; triedAt: number } = { session: null, triedAt: 0 };
  const acts: SignInAct[] = [];
  const visits: boolean[] = [];
  const sent: { url: string; authorization: string }[] = [];
  const state = { endpoint: HERE, now: Date.now(), login: 'mia' as string | null };
  const browsing = new Browsing();
  const done = Promise.resolve();
  const store: SignInStore = {
    session: () => Promise.resolve(structuredClone(memory.session)),
    setSession: (value) => ((memory.session = value), done),
    clearSession: () => ((memory.session = null), done),
    note: () => Promise.resolve(disk.note),
    setNote: (value) => ((disk.note = value), done),
    clearNote: () => ((disk.note = null), done),
    triedAt: () => Promise.resolve(memory.triedAt),
    setTriedAt: (at) => ((memory.triedAt = at), done),
  };
  let tail: Promise<unknown> = done;
  const deps: SignInDeps = {
    endpoint: () =>
      Promise.resolve({ kind: 'collector', endpoint: state.endpoint, token: 'static' }),
    net: {
      fetch: async (input, init) => {
        const request = new Request(input, { ...init, signal: null });
        const { url } = request;
        sent.push({ url, authorization: request.headers.get('Authorization') ?? '' });
        if (!url.startsWith(HERE)) return fetch(input, init);
        const as = (request.headers.get('Authorization') ?? '').replace('Bearer ', '');
        return team.ask(request.method, new URL(url).pathname, { as });
      },
    },
    store,
    now: () => state.now,
    lock: (work) => {
      const mine = tail.then(work, work);
      tail = mine.catch(() => undefined);
      return mine;
    },
    async visit(url, { silent }) {
      visits.push(silent);
      if (state.login === null) return { back: null, why: 'closed' };
      const back = await browsing.walk(url, silent ? null : state.login);
      return back === null ? { back: null, why: 'interaction' } : { back };
    },
    returnAddress: () => REDIRECT,
    record: (act) => (acts.push(act), done),
  };
  const signIn = createSignIn(deps);
  return {
    ...signIn,
    deps,
    state,
    disk,
    acts,
    visits,
    sent,
    browsing,
    get session() {
      return memory.session;
    },
    /** Ends the browser: what is in memory is gone. */
    restart() {
      memory = { session: null, triedAt: 0 };
    },
    me: async () => {
      const ask = createAskAsMember(deps.net, signIn);
      const told = await ask({ method: 'GET', path: PATHS.me, reply: meReply });
      return told.ok ? told.value.member.name : (told.refused ?? told.failure.code);
    },
  };
}

let one: ReturnType<typeof device>;
beforeEach(() => {
  one = device();
  provider.asked.length = 0;
});
/** Tokens that are made in one second are the same to the letter. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1001 - (Date.now() % 1000)));
const count = (what: string) => provider.asked.filter((each) => each === what).length;

test('who signs in is who asks; signing out ends it here and at the provider', async () => {
  expect((await one.credential()).token).toBe('static');
  expect(await one.start()).toBe('');
  expect([await one.status(), await one.me()]).toEqual(['signed-in', 'mia']);
  const { tokens } = one.session ?? { tokens: null };
  expect(tokens?.refresh).not.toBe('');
  expect((await one.credential()).token).toBe(tokens?.bearer);
  // What is on disk, and what the trail says, holds no token and nobody's name.
  const kept = JSON.stringify([one.disk, one.acts]);
  for (const secret of [tokens?.bearer, tokens?.refresh, 'mia', '"static"'])
    expect(kept).not.toContain(secret ?? '-');
  expect(await one.end()).toEqual({ revoked: true });
  expect(count('POST /token/revocation')).toBe(1);
  expect([one.session, one.disk.note, await one.status()]).toEqual([null, null, 'none']);
  expect((await one.credential()).token).toBe('static');
  expect(one.acts.map(({ type, why }) => [type, why])).toEqual([
    ['signin.started', 'person'],
    ['signin.ended', 'person'],
  ]);
});

test('nobody whom the collector does not know is signed in, and nothing is left of them', async () => {
  one.state.login = 'eve';
  expect(await one.start()).toBe('not-a-member');
  expect([one.session, one.disk.note, one.acts]).toEqual([null, null, []]);
  expect(count('POST /token/revocation')).toBe(1);
  one.state.login = null;
  expect(await one.start()).toBe('closed');
  provider.setDown(true);
  expect(await one.start()).toBe('unreachable');
  provider.setDown(false);
  expect((await one.credential()).token).toBe('static');
});

test('about to end: renewed once for all who ask at the same time; the old way to renew is given up', async () => {
  await one.start();
  const before = one.session?.tokens;
  await nextSecond();
  one.state.now = (before?.expiresAt ?? 0) - 30_000;
  const all = await Promise.all([
    one.credential(),
    one.credential(),
    one.renewed(before?.bearer ?? ''),
  ]);
  expect(new Set(all.map((each) => each?.token)).size).toBe(1);
  expect(all[0]?.token).not.toBe(before?.bearer);
  expect(count('POST /token')).toBe(2);
  expect(one.session?.tokens.refresh).not.toBe(before?.refresh);
  expect(one.visits).toEqual([false]);
});

test('refused: renewed and asked again, once', async () => {
  await one.start();
  const kept = one.session;
  if (kept === null) throw new Error('Somebody is signed in');
  await one.deps.store.setSession({ ...kept, tokens: { ...kept.tokens, bearer: 'a.b.c' } });
  one.sent.length = 0;
  expect(await one.me()).toBe('mia');
  expect(
    one.sent.filter(({ url }) => url.endsWith('/v1/me')).map((each) => each.authorization),
  ).toEqual(['Bearer a.b.c', `Bearer ${one.session?.tokens.bearer}`]);
});

test('after a restart of the browser the provider is asked unseen, and only for the same person', async () => {
  await one.start();
  one.restart();
  expect([await one.status(), await one.me()]).toEqual(['again', 'mia']);
  expect(one.visits).toEqual([false, true]);
  expect(one.acts.at(-1)).toMatchObject({ type: 'signin.started', why: 'silent' });
  // Another person took over the provider's window: not in their name, and not in that of the token's owner.
  one.restart();
  one.browsing.forget();
  const found = await one.browsing.signInAs(provider, 'ben');
  expect(found).toContain(REDIRECT);
  expect((await one.credential()).token).toBe('');
  expect([one.session, await one.status(), await one.me()]).toEqual([
    null,
    'again',
    'unauthenticated',
  ]);
  // Not asked again and again.
  expect(one.visits).toEqual([false, true, true]);
  one.browsing.forget();
  one.state.now += 16 * 60_000;
  expect((await one.credential()).token).toBe('');
  expect(one.visits).toEqual([false, true, true, true]);
  expect(await one.start()).toBe('');
  expect(await one.me()).toBe('mia');
});

test('another endpoint: signed out, and the token went nowhere else', async () => {
  await one.start();
  const { bearer = '-', refresh = '-' } = one.session?.tokens ?? {};
  one.sent.length = 0;
  one.state.endpoint = 'http://127.0.0.1:8';
  expect((await one.credential()).token).toBe('static');
  expect([one.session, one.disk.note]).toEqual([null, null]);
  expect(one.acts.at(-1)).toMatchObject({ type: 'signin.ended', why: 'endpoint' });
  for (const { url, authorization } of one.sent) {
    expect(url.startsWith(provider.issuer)).toBe(true);
    expect(authorization).toBe('');
  }
  await askCollector(one.deps.net, await one.credential(), {
    method: 'GET',
    path: PATHS.me,
    reply: meReply,
  });
  expect(JSON.stringify(one.sent)).not.toContain(bearer);
  expect(JSON.stringify(one.sent)).not.toContain(refresh);
});

test('the provider is away while a token is about to end: it is used until it does, then nothing', async () => {
  await one.start();
  const { bearer, expiresAt = 0 } = one.session?.tokens ?? {};
  provider.setDown(true);
  try {
    one.state.now = expiresAt - 30_000;
    expect((await one.credential()).token).toBe(bearer);
    one.state.now = expiresAt + 1;
    expect((await one.credential()).token).toBe('');
    expect(await one.status()).toBe('again');
  } finally {
    provider.setDown(false);
  }
  // What renews it was kept.
  await nextSecond();
  one.state.now = Date.now();
  expect((await one.renewed(bearer ?? ''))?.token).not.toBe(bearer);
  expect(await one.status()).toBe('signed-in');
});
