import type { Kysely } from 'kysely';
import type { Member } from '../../lib/protocol/team.ts';
import { SCHEMA, type Database, type MemberRow } from '../db/schema.ts';
import { Refusal } from '../refusal.ts';

/** A stored person as it travels. */
export function memberOf({ org: _org, created_at, ...rest }: MemberRow): Member {
  return { ...rest, createdAt: created_at };
}

/** A person's row. Throws `Refusal` (`not-found`). */
export async function memberRow(db: Kysely<Database>, org: string, id: string): Promise<MemberRow> {
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('members')
    .selectAll()
    .where('org', '=', org)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return row;
}

/** Throws `Refusal` (`last-admin`) when no active administrator is left: nobody could make one again. */
export async function keepAnAdmin(db: Kysely<Database>, org: string): Promise<void> {
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('members')
    .select('id')
    .where('org', '=', org)
    .where('role', '=', 'admin')
    .where('active', '=', true)
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('last-admin');
}

/** Names of these people, as far as they are known; nobody is ever deleted. */
export async function namesOf(
  db: Kysely<Database>,
  org: string,
  ids: readonly (string | null | undefined)[],
): Promise<{ id: string; name: string }[]> {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))];
  if (wanted.length === 0) return [];
  return db
    .withSchema(SCHEMA)
    .selectFrom('members')
    .select(['id', 'name'])
    .where('org', '=', org)
    .where('id', 'in', wanted)
    .execute();
}
