import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod/mini';
import { isSafeAddress } from '../../lib/protocol/auth.ts';

/** Longest wait for the provider, in milliseconds. */
const TIMEOUT_MS = 5_000;
/** After a failure the provider is not asked again for this long, in milliseconds. */
const AGAIN_MS = 10_000;
const MAX_BYTES = 256 * 1024;

const metadata = z.object({
  issuer: z.string(),
  jwks_uri: z.string().check(z.refine(isSafeAddress)),
});

/** The provider did not say its keys. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (response.status !== 200 || text.length > MAX_BYTES) throw new ProviderUnavailable();
  const read = metadata.safeParse(JSON.parse(text));
  // Another's keys would vouch for another's people (OIDC Discovery §4.3).
  if (!read.success || read.data.issuer !== issuer) throw new ProviderUnavailable();
  return createRemoteJWKSet(new URL(read.data.jwks_uri), { timeoutDuration: TIMEOUT_MS });
}

/**
 * The provider's keys. Looked for when first needed, so that a collector starts without its provider; new
 * keys are fetched when a token names one that is not known, at most every 30 s. `get` rejects with
 * `ProviderUnavailable` while they can't be had.
 */
export function providerKeys(issuer: string): { get(): Promise<JWTVerifyGetKey> } {
  let found: Promise<JWTVerifyGetKey> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  return {
    async get() {
      if (performance.now() - failedAt < AGAIN_MS) throw new ProviderUnavailable();
      found ??= discover(issuer);
      try {
        return await found;
      } catch (error) {
        found = null;
        failedAt = performance.now();
        throw error instanceof ProviderUnavailable ? error : new ProviderUnavailable();
      }
    },
  };
}
