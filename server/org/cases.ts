import type { Kysely } from 'kysely';
import type { CaseHead } from '../../lib/protocol/case.ts';
import { caseStatus, holderAt, type CaseState } from '../../lib/protocol/case-state.ts';
import { includesRole } from '../../lib/protocol/team.ts';
import type { Caller } from '../caller.ts';
import { SCHEMA, type CaseRow, type Database } from '../db/schema.ts';
import { Refusal } from '../refusal.ts';

/** A case's row with the hash of its content. */
export type StoredCase = CaseRow & { hash: string };

/** What the state machine reads of a row. */
export function stateOf(row: CaseRow): CaseState {
  const { author, tier, stage, holder, version } = row;
  return { author, tier, stage, holder, heldUntil: row.held_until, dueAt: row.due_at, version };
}

/** A case as it travels, as it stands at this moment. */
export function headOf(row: StoredCase, at: number): CaseHead {
  const state = stateOf(row);
  const holder = holderAt(state, at);
  return {
    id: row.id,
    itemId: row.item_id,
    traceId: row.trace_id,
    siteId: row.site_id,
    tier: row.tier,
    author: row.author,
    status: caseStatus(state, at),
    holder: holder === '' ? null : holder,
    heldUntil: holder === '' ? null : row.held_until,
    dueAt: row.due_at,
    version: row.version,
    createdAt: row.created_at,
    contentHash: row.hash,
  };
}

/** Cases of an organisation with the hashes of their contents. */
export function selectCases(db: Kysely<Database>, org: string) {
  return db
    .withSchema(SCHEMA)
    .selectFrom('cases')
    .innerJoin('case_contents', (join) =>
      join
        .onRef('case_contents.org', '=', 'cases.org')
        .onRef('case_contents.case_id', '=', 'cases.id'),
    )
    .selectAll('cases')
    .select('case_contents.hash')
    .where('cases.org', '=', org);
}

/** A case that the caller may see: its author, and leads. Throws `Refusal` (`not-found`) for others. */
export async function visibleCase(
  db: Kysely<Database>,
  caller: Caller,
  id: string,
): Promise<StoredCase> {
  const row = await selectCases(db, caller.org).where('cases.id', '=', id).executeTakeFirst();
  const isSeen = row?.author === caller.id || includesRole(caller.role, 'lead');
  if (row === undefined || !isSeen) throw new Refusal('not-found');
  return row;
}
