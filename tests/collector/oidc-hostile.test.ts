import { createServer, type Server } from 'node:http';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SignInFailed } from '../../lib/sync/oidc-problem.ts';
import {
  beginSignIn,
  findProvider,
  finishSignIn,
  renewSignIn,
  type Tokens,
} from '../../lib/sync/oidc.ts';
import { createOidc } from '../../server/oidc/verify-token.ts';
import { CLIENT, newKey } from './oidc-provider.ts';
import { REDIRECT } from './sign-in-flow.ts';

/** A provider that says whatever a test wants it to. */
let server: Server;
let issuer = '';
let said: Record<string, unknown> = {};
let token: Record<string, unknown> = {};
let raw: { status: number; headers: Record<string, string>; body: string } | null = null;
const key = await newKey('one');

beforeAll(async () => {
  server = createServer((request, response) => {
    if (raw !== null) return void response.writeHead(raw.status, raw.headers).end(raw.body);
    const { d: _, ...open } = key.jwk;
    const body =
      request.url === '/token' ? token : request.url === '/jwks' ? { keys: [open] } : said;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has a port');
  issuer = `http://127.0.0.1:${address.port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  raw = null;
  token = {};
  said = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  };
});

const net = { fetch, timeoutMs: 2_000 };
const offer = () => ({ issuer, clientId: CLIENT, scopes: ['openid'] });
const idToken = (claims: object) => {
  const at = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: issuer, aud: CLIENT, sub: 'mia', iat: at, exp: at + 60, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.id })
    .sign(key.privateKey);
};
const failed = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'went well';
  } catch (error) {
    if (error instanceof SignInFailed) return error.code;
    throw error;
  }
};

test('whose metadata is another’s, unsafe, elsewhere or endless is no provider', async () => {
  expect(await failed(findProvider(net, offer()))).toBe('went well');
  const good = said;
  for (const over of [
    { issuer: 'http://127.0.0.1:9' },
    { authorization_endpoint: 'javascript:alert(1)' },
    { authorization_endpoint: 'http://login.example/' },
    { authorization_endpoint: undefined },
  ]) {
    said = { ...good, ...over };
    expect(await failed(findProvider(net, offer()))).toBe('provider');
  }
  raw = { status: 302, headers: { location: `${issuer}/elsewhere` }, body: '' };
  expect(await failed(findProvider(net, offer()))).toBe('provider');
  raw = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' };
  expect(await failed(findProvider(net, offer()))).toBe('provider');
  raw = {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...good, more: 'x'.repeat(2_000_000) }),
  };
  expect(await failed(findProvider(net, offer()))).toBe('provider');
});

test('the collector takes no keys of a provider by another name', async () => {
  const settings = { issuer, audience: CLIENT, scopes: [], roles: null, autoJoin: [] };
  const now = Date.now();
  expect(await createOidc(settings).verify(await idToken({}), now)).toMatchObject({
    subject: 'mia',
  });
  said = { ...said, issuer: 'http://127.0.0.1:9' };
  await expect(createOidc(settings).verify(await idToken({}), now)).rejects.toThrow();
});

test('only what was asked for is taken: state, nonce, client, person, the very address', async () => {
  const found = await findProvider(net, offer());
  const begun = await beginSignIn(found, REDIRECT, { silent: false });
  const asked = new URL(begun.url).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: REDIRECT,
    state: begun.state,
    nonce: begun.nonce,
  });
  expect(begun.url).not.toContain(begun.verifier);
  const back = (over: Record<string, string> = {}, at = REDIRECT) =>
    finishSignIn(
      net,
      found,
      begun,
      `${at}?${new URLSearchParams({ code: 'c', state: begun.state, ...over }).toString()}`,
    );
  const gives = async (claims: object) => {
    token = { access_token: 'a', token_type: 'bearer', id_token: await idToken(claims) };
  };
  await gives({ nonce: begun.nonce });
  expect(await back()).toMatchObject({ subject: 'mia', refresh: '' });
  expect(await failed(back({ state: 'another' }))).toBe('provider');
  expect(await failed(back({}, `${REDIRECT}/more`))).toBe('provider');
  expect(await failed(back({ error: 'access_denied' }))).toBe('denied');
  expect(await failed(back({ error: 'login_required' }))).toBe('interaction');
  for (const claims of [
    { nonce: 'another' },
    {},
    { nonce: begun.nonce, aud: 'another' },
    { nonce: begun.nonce, iss: 'http://127.0.0.1:9' },
    { nonce: begun.nonce, exp: 1 },
  ]) {
    await gives(claims);
    expect(await failed(back())).toBe('provider');
  }
  token = { access_token: 'a', token_type: 'bearer' };
  expect(await failed(back())).toBe('provider');
});

test('a renewal for somebody else, or without saying who, is none', async () => {
  const found = await findProvider(net, offer());
  const old: Tokens = { bearer: 'b', refresh: 'r', subject: 'mia', expiresAt: 0 };
  const gives = (id_token?: string) => {
    token = { access_token: 'a', token_type: 'bearer', ...(id_token ? { id_token } : {}) };
  };
  gives(await idToken({}));
  expect(await renewSignIn(net, found, old)).toMatchObject({ subject: 'mia', refresh: 'r' });
  gives(await idToken({ sub: 'ben' }));
  expect(await failed(renewSignIn(net, found, old))).toBe('somebody-else');
  gives();
  expect(await failed(renewSignIn(net, found, old))).toBe('ended');
  raw = {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: 'invalid_grant' }),
  };
  expect(await failed(renewSignIn(net, found, old))).toBe('ended');
});
