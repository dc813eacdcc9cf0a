import { includesRole, type Role } from '../lib/protocol/team.ts';
import type { Collector } from './app.ts';
import { SCHEMA } from './db/schema.ts';
import { isJwt, signedIn } from './oidc/signed-in.ts';
import type { Identity } from './org/identities.ts';
import { Refusal } from './refusal.ts';
import { bearerOf, tokenOf } from './tokens.ts';

/** Who asks, as the database says at this moment. */
export interface Caller {
  org: string;
  id: string;
  name: string;
  email: string;
  role: Role;
  /** '' for who signed in at a provider. */
  tokenId: string;
  /** Who they are at the provider; null for who has a token of ours. */
  identity: Identity | null;
}

/** What finding out who asks needs. */
export type Admission = Pick<Collector, 'db' | 'now' | 'log' | 'oidc'>;

/**
 * Who a request's token stands for; null when it is no good or its member is not active. Throws `Refusal`
 * for who signed in but may not be here (`not-a-member`, `email-unverified`, `inactive`), and
 * `unavailable` when the provider's keys can't be had.
 */
export async function callerOf(
  admission: Admission,
  authorization: string | undefined,
): Promise<Caller | null> {
  const { db, oidc } = admission;
  const token = tokenOf(authorization);
  if (isJwt(token)) return oidc === undefined ? null : signedIn(admission, oidc, token);
  const bearer = await bearerOf(db, token);
  if (bearer === null) return null;
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('members')
    .select(['id', 'name', 'email', 'role'])
    .where('org', '=', bearer.org)
    .where('id', '=', bearer.member)
    .where('active', '=', true)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...row, org: bearer.org, tokenId: bearer.tokenId, identity: null };
}

/**
 * The one place that decides whether somebody may ask for something. Throws `Refusal`:
 * `unauthenticated` without a good token of an active member, `forbidden` when the role is too low.
 */
export function admit(caller: Caller | null, least: Role): Caller {
  if (caller === null) throw new Refusal('unauthenticated');
  if (!includesRole(caller.role, least)) throw new Refusal('forbidden');
  return caller;
}
