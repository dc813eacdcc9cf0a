import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { member as memberSchema } from '../../lib/protocol/team.ts';
import { SCHEMA, type MemberRow } from '../db/schema.ts';
import type { OrgTurn } from '../org/change-org.ts';
import { linkedMember, type Linked } from '../org/identities.ts';
import { memberOf } from '../org/members.ts';
import { Refusal } from '../refusal.ts';
import type { OidcSettings } from './settings.ts';
import type { Claims } from './verify-token.ts';

/** Most letters of a name. */
const MAX_NAME = 80;

/**
 * Links a subject, the first time, to the one member with their verified address; where its domain may join,
 * someone new becomes a reviewer. Throws `Refusal`: `email-unverified`, `inactive`, and `not-a-member` also
 * when the address is several members' or its member is somebody else at this provider.
 */
export async function linkMember(
  turn: OrgTurn,
  org: string,
  claims: Claims,
  { autoJoin }: Pick<OidcSettings, 'autoJoin'>,
): Promise<Linked> {
  const { tx, at, recordBy } = turn;
  // Two first requests of one person come together: the second finds what the first made.
  const already = await linkedMember(tx, org, claims);
  if (already !== null) return already;
  const { issuer, subject, verifiedEmail: email } = claims;
  if (email === '') throw new Refusal('email-unverified');
  const rows = tx.withSchema(SCHEMA);
  const named = await rows
    .selectFrom('members')
    .selectAll()
    .where('org', '=', org)
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .execute();
  const [only, ...others] = named;
  if (others.length > 0) throw new Refusal('not-a-member');
  // Also one who was deactivated: joining anew would let them back in.
  if (only?.active === false) throw new Refusal('inactive');
  const found = only ?? (await join(turn, org, claims, autoJoin));
  const isAnother = await rows
    .selectFrom('identities')
    .select('subject')
    .where('org', '=', org)
    .where('issuer', '=', issuer)
    .where('member', '=', found.id)
    .executeTakeFirst();
  // An address that was given to somebody new does not give them the old person's place.
  if (isAnother !== undefined) throw new Refusal('not-a-member');
  const linked_at = new Date(at).toISOString();
  const row = { org, issuer, subject, member: found.id, claims_at: 0, linked_at };
  await rows.insertInto('identities').values(row).execute();
  await recordBy(found, { type: 'member.linked', data: { memberId: found.id, issuer } });
  return { ...found, claims_at: 0 };
}

async function join(
  { tx, at, recordBy }: OrgTurn,
  org: string,
  { name: given, verifiedEmail: email }: Claims,
  domains: readonly string[],
): Promise<MemberRow> {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (!domains.includes(domain)) throw new Refusal('not-a-member');
  const name = given
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, MAX_NAME)
    .toWellFormed()
    .trim();
  const row: MemberRow = {
    org,
    id: uuidv7(),
    name: name === '' ? email.slice(0, MAX_NAME) : name,
    email,
    role: 'reviewer',
    active: true,
    created_at: new Date(at).toISOString(),
  };
  // What the provider calls an address may be none of ours.
  if (!memberSchema.safeParse(memberOf(row)).success) throw new Refusal('not-a-member');
  await tx.withSchema(SCHEMA).insertInto('members').values(row).execute();
  const data = { memberId: row.id, role: row.role, how: 'sign-in' };
  await recordBy(row, { type: 'member.added', data });
  return row;
}
