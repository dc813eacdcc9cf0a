import type { Kysely } from 'kysely';
import { includesRole, type Role } from '../lib/protocol/team.ts';
import { SCHEMA, type Database } from './db/schema.ts';
import { Refusal } from './refusal.ts';
import { bearerOf } from './tokens.ts';

/** Who asks, as the database says at this moment. */
export interface Caller {
  org: string;
  id: string;
  name: string;
  email: string;
  role: Role;
  tokenId: string;
}

/** Who a request's token stands for; null when it is no good or its member is not active. */
export async function callerOf(
  db: Kysely<Database>,
  authorization: string | undefined,
): Promise<Caller | null> {
  const bearer = await bearerOf(db, authorization);
  if (bearer === null) return null;
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('members')
    .select(['id', 'name', 'email', 'role'])
    .where('org', '=', bearer.org)
    .where('id', '=', bearer.member)
    .where('active', '=', true)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, org: bearer.org, tokenId: bearer.tokenId };
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
