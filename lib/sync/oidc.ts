import * as oauth from 'oauth4webapi';
import { isSafeAddress, type SignInOffer } from '../protocol/auth.ts';
import { REPLY_TIMEOUT_MS } from '../protocol/limits.ts';
import { readText, type Net } from './call-endpoint.ts';
import { SignInFailed, signInFailed } from './oidc-problem.ts';

/** A provider that was asked what it can do, and who we are there. */
export interface Provider {
  as: oauth.AuthorizationServer;
  client: oauth.Client;
  scopes: readonly string[];
}

/** A sign-in under way: kept until the provider sends the person back. */
export interface Begun {
  /** Where the person signs in. */
  url: string;
  redirectUri: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** What a sign-in gave. */
export interface Tokens {
  /** The ID token: it says who, and the collector checks it. */
  bearer: string;
  /** '' when the provider gives none. */
  refresh: string;
  subject: string;
  /** When `bearer` ends, milliseconds since 1970. */
  expiresAt: number;
}

const isLoopback = (issuer: string) => new URL(issuer).protocol === 'http:';

type Body = URLSearchParams | undefined;

/** As all our requests: no cookies, no redirects, no more of the answer than fits, no longer than it may take. */
function options({ fetch, timeoutMs = REPLY_TIMEOUT_MS }: Net, issuer: string) {
  const limited = async (
    url: string,
    { method, headers: sent, body, signal }: oauth.CustomFetchOptions<string, Body>,
  ): Promise<Response> => {
    const response = await fetch(url, {
      method,
      headers: sent,
      body: body ?? null,
      signal: signal ?? null,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    if (response.type === 'opaqueredirect') throw new SignInFailed('provider');
    const { status, headers } = response;
    const text = await readText(response);
    return new Response(text === '' ? null : text, { status, headers });
  };
  return {
    [oauth.customFetch]: limited,
    [oauth.allowInsecureRequests]: isLoopback(issuer),
    signal: () => AbortSignal.timeout(timeoutMs),
  };
}

/** Asks the provider of an offer where its doors are. @throws SignInFailed */
export async function findProvider(net: Net, offer: SignInOffer): Promise<Provider> {
  const { issuer, clientId, scopes } = offer;
  try {
    const at = new URL(issuer);
    const reply = await oauth.discoveryRequest(at, options(net, issuer));
    const as = await oauth.processDiscoveryResponse(at, reply);
    if (!isSafeAddress(as.authorization_endpoint ?? '')) throw new SignInFailed('provider');
    return { as, client: { client_id: clientId }, scopes };
  } catch (error) {
    throw signInFailed(error);
  }
}

/** Prepares a sign-in; a `silent` one takes only who the provider knows already. */
export async function beginSignIn(
  { as, client, scopes }: Provider,
  redirectUri: string,
  { silent }: { silent: boolean },
): Promise<Begun> {
  const [state, nonce, verifier] = [
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
    oauth.generateRandomCodeVerifier(),
  ];
  const url = new URL(as.authorization_endpoint ?? '');
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const wanted = {
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: scopes.join(' '),
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
    nonce,
    // What renews a sign-in is given only to who was asked (OIDC Core §11).
    ...(silent ? { prompt: 'none' } : {}),
    ...(!silent && scopes.includes('offline_access') ? { prompt: 'consent' } : {}),
  };
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value);
  return { url: url.href, redirectUri, state, nonce, verifier };
}

function tokensOf(reply: oauth.TokenEndpointResponse, kept: string): Tokens {
  const claims = oauth.getValidatedIdTokenClaims(reply);
  if (claims === undefined || reply.id_token === undefined) throw new SignInFailed('ended');
  return {
    bearer: reply.id_token,
    refresh: reply.refresh_token ?? kept,
    subject: claims.sub,
    expiresAt: claims.exp * 1000,
  };
}

/** Takes the code that the provider sent the person back with. @throws SignInFailed */
export async function finishSignIn(
  net: Net,
  { as, client }: Provider,
  { redirectUri, state, nonce, verifier }: Begun,
  sentBackTo: string,
): Promise<Tokens> {
  try {
    const back = new URL(sentBackTo);
    if (`${back.origin}${back.pathname}` !== redirectUri) throw new SignInFailed('provider');
    const params = oauth.validateAuthResponse(as, client, back, state);
    const reply = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      oauth.None(),
      params,
      redirectUri,
      verifier,
      options(net, as.issuer),
    );
    const taken = await oauth.processAuthorizationCodeResponse(as, client, reply, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    return tokensOf(taken, '');
  } catch (error) {
    throw signInFailed(error);
  }
}

/** Renews a sign-in. The provider may give another token to renew with: the old one is no good then. @throws SignInFailed */
export async function renewSignIn(net: Net, provider: Provider, old: Tokens): Promise<Tokens> {
  const { as, client } = provider;
  try {
    const reply = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.None(),
      old.refresh,
      options(net, as.issuer),
    );
    const taken = await oauth.processRefreshTokenResponse(as, client, reply);
    const tokens = tokensOf(taken, old.refresh);
    if (tokens.subject !== old.subject) throw new SignInFailed('somebody-else');
    return tokens;
  } catch (error) {
    throw signInFailed(error);
  }
}

/**
 * Ends what renews a sign-in at the provider (RFC 7009); false when it does not offer that, or there is
 * nothing to end. @throws SignInFailed
 */
export async function revokeSignIn(
  net: Net,
  provider: Provider,
  refresh: string,
): Promise<boolean> {
  const { as, client } = provider;
  if (as.revocation_endpoint === undefined || refresh === '') return false;
  try {
    const hint = { additionalParameters: { token_type_hint: 'refresh_token' } };
    const asked = { ...options(net, as.issuer), ...hint };
    const reply = await oauth.revocationRequest(as, client, oauth.None(), refresh, asked);
    await oauth.processRevocationResponse(reply);
    return true;
  } catch (error) {
    throw signInFailed(error);
  }
}
