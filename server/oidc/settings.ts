import { issuerField } from '../../lib/protocol/auth.ts';
import { role, type Role } from '../../lib/protocol/team.ts';

/** How people of one organisation sign in. */
export interface OidcSettings {
  /** Exactly as the provider calls itself. */
  issuer: string;
  /** The client's id; tokens must be made for it. */
  audience: string;
  scopes: readonly string[];
  /** The claim that names a person's groups, and what each is here; null: roles are given here only. */
  roles: { claim: string; map: ReadonlyMap<string, Role> } | null;
  /** Domains, lower case, whose verified addresses join as reviewers. */
  autoJoin: readonly string[];
}

const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

function rolesOf(text: string): OidcSettings['roles'] {
  const [, claim, pairs] = /^([^:=,\s]+):(.+)$/.exec(text) ?? [];
  const map = new Map<string, Role>();
  for (const pair of pairs?.split(',') ?? []) {
    const [, group, named] = /^\s*(.+?)\s*=\s*([a-z]+)\s*$/.exec(pair) ?? [];
    const known = role.safeParse(named);
    if (group === undefined || !known.success) return null;
    map.set(group, known.data);
  }
  return claim === undefined || map.size === 0 ? null : { claim, map };
}

/**
 * The sign-in that the environment asks for; null when it asks for none. Throws an `Error` with a sentence
 * when a value can't be used: a sign-in that is half set up must not start.
 */
export function oidcSettings(
  env: Readonly<Record<string, string | undefined>>,
): OidcSettings | null {
  const value = (name: string) => env[name]?.trim() ?? '';
  const [issuer, audience] = [value('OIDC_ISSUER'), value('OIDC_AUDIENCE')];
  const [scopes, claim, join] = [
    value('OIDC_SCOPES'),
    value('OIDC_ROLE_CLAIM'),
    value('OIDC_AUTO_JOIN'),
  ];
  if (`${issuer}${audience}${scopes}${claim}${join}` === '') return null;
  if (!issuerField.safeParse(issuer).success)
    throw new Error('OIDC_ISSUER is no https address of a provider.');
  if (!/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(audience))
    throw new Error('OIDC_AUDIENCE must be the id of the client at the provider.');
  const roles = rolesOf(claim);
  if (claim !== '' && roles === null)
    throw new Error('OIDC_ROLE_CLAIM reads like "groups: support-leads=lead, it=admin".');
  const autoJoin = join
    .toLowerCase()
    .split(',')
    .map((domain) => domain.trim())
    .filter((domain) => domain !== '');
  if (!autoJoin.every((domain) => /^[^\s@.]+(\.[^\s@.]+)+$/.test(domain)))
    throw new Error('OIDC_AUTO_JOIN names domains, like "desk.example".');
  return {
    issuer,
    audience,
    scopes: scopes === '' ? SCOPES : [...new Set(['openid', ...scopes.split(/\s+/)])],
    roles,
    autoJoin,
  };
}
