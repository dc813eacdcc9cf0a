import type { Kysely } from 'kysely';
import { SCHEMA, type Database, type MemberRow } from '../db/schema.ts';

/** Who somebody is at a provider of sign-ins. */
export interface Identity {
  issuer: string;
  subject: string;
}

/** A linked person, and when the newest token was made whose role was taken over. */
export type Linked = MemberRow & { claims_at: number };

/** The member who a subject is linked to. */
export async function linkedMember(
  db: Kysely<Database>,
  org: string,
  { issuer, subject }: Identity,
): Promise<Linked | null> {
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('identities as i')
    .innerJoin('members as m', (join) =>
      join.onRef('m.org', '=', 'i.org').onRef('m.id', '=', 'i.member'),
    )
    .selectAll('m')
    .select('i.claims_at')
    .where('i.org', '=', org)
    .where('i.issuer', '=', issuer)
    .where('i.subject', '=', subject)
    .executeTakeFirst();
  return row ?? null;
}

/** Forgets who a person is at providers: the next sign-in is matched by address again. Gives what it forgot. */
export function unlink(
  db: Kysely<Database>,
  org: string,
  member: string,
): Promise<{ issuer: string }[]> {
  return db
    .withSchema(SCHEMA)
    .deleteFrom('identities')
    .where('org', '=', org)
    .where('member', '=', member)
    .returning('issuer')
    .execute();
}
