import { errors, jwtVerify, type JWTPayload } from 'jose';
import { includesRole, type Role } from '../../lib/protocol/team.ts';
import { providerKeys, ProviderUnavailable } from './provider-keys.ts';
import type { OidcSettings } from './settings.ts';

/** What a good token says of a person. */
export interface Claims {
  issuer: string;
  subject: string;
  /** '' when the provider does not say it, or has not checked it. */
  verifiedEmail: string;
  name: string;
  /** By the provider's groups; null when roles are given here only. */
  role: Role | null;
  /** When the provider made the token, seconds since 1970. */
  issuedAt: number;
}

/** Signatures by keys that only the provider has; nothing symmetric, never `none`. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** How far the provider's clock may be apart, in seconds. */
const TOLERANCE_S = 60;

/** Reads tokens of one provider. */
export interface Oidc {
  settings: OidcSettings;
  /**
   * What a token says; null when it is no good. `now` in milliseconds since 1970. Rejects with
   * `ProviderUnavailable` when its keys can't be had.
   */
  verify(token: string, now: number): Promise<Claims | null>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function roleOf(payload: JWTPayload, { roles }: OidcSettings): Role | null {
  if (roles === null) return null;
  const named = payload[roles.claim];
  const groups: unknown[] = Array.isArray(named) ? named : [named];
  let best: Role = 'reviewer';
  for (const group of groups) {
    const here = typeof group === 'string' ? roles.map.get(group) : undefined;
    if (here !== undefined && includesRole(here, best)) best = here;
  }
  return best;
}

/** Whether it was made for signing in here: no token for an API, none for signing out (`events`). */
function isSignIn(payload: JWTPayload, typ: string | undefined, audience: string): boolean {
  const kind = typ?.toLowerCase() ?? 'jwt';
  const party = payload['azp'];
  const isOurs = party === undefined ? [payload.aud].flat().length === 1 : party === audience;
  return kind === 'jwt' && isOurs && payload['events'] === undefined;
}

/** The provider's fault, not the token's. */
function isUnavailable(error: unknown): boolean {
  return (
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}

/** Reads tokens of the provider in `settings` (OpenID Connect Core §3.1.3.7). */
export function createOidc(settings: OidcSettings): Oidc {
  const { issuer, audience } = settings;
  const keys = providerKeys(issuer);
  return {
    settings,
    async verify(token, now) {
      const key = await keys.get();
      const read = await jwtVerify(token, key, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE_S,
        requiredClaims: ['exp', 'iat', 'sub'],
        currentDate: new Date(now),
      }).catch((error: unknown) => {
        if (isUnavailable(error)) throw new ProviderUnavailable();
        return null;
      });
      if (read === null) return null;
      const { payload, protectedHeader } = read;
      const { sub = '', iat = Infinity } = payload;
      if (!isSignIn(payload, protectedHeader.typ, audience)) return null;
      if (sub === '' || sub.length > 255 || iat > now / 1000 + TOLERANCE_S) return null;
      return {
        issuer,
        subject: sub,
        verifiedEmail: payload['email_verified'] === true ? text(payload['email']) : '',
        name: text(payload['name']),
        role: roleOf(payload, settings),
        issuedAt: Math.floor(iat),
      };
    },
  };
}
