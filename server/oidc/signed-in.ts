import type { Admission, Caller } from '../caller.ts';
import { errorFields } from '../log.ts';
import { inOrgTurn } from '../org/change-org.ts';
import { linkedMember } from '../org/identities.ts';
import { Refusal } from '../refusal.ts';
import { DEFAULT_ORG } from '../set-up-org.ts';
import { linkMember } from './link-member.ts';
import { takeRole } from './take-role.ts';
import type { Oidc } from './verify-token.ts';

/** Whether a token is of the form of a provider's (RFC 7519); ours have no dots. */
export function isJwt(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);
}

/**
 * Who signed in with a provider's token; null when the token is no good. The first time they are linked to
 * the member of their verified address. What the token says counts for who somebody is and, where
 * configured, for their role; whether they may be here says the database alone.
 */
export async function signedIn(
  admission: Admission,
  oidc: Oidc,
  token: string,
): Promise<Caller | null> {
  const { db, now, log } = admission;
  const org = DEFAULT_ORG;
  const claims = await oidc.verify(token, now()).catch((error: unknown) => {
    log('warn', 'provider-unavailable', errorFields(error));
    throw new Refusal('unavailable');
  });
  if (claims === null) return null;
  const member =
    (await linkedMember(db, org, claims)) ??
    (await inOrgTurn(admission, org, (turn) => linkMember(turn, org, claims, oidc.settings)));
  if (!member.active) throw new Refusal('inactive');
  const role = await takeRole(admission, org, member, claims);
  const { id, name, email } = member;
  const { issuer, subject } = claims;
  return { org, id, name, email, role, tokenId: '', identity: { issuer, subject } };
}
