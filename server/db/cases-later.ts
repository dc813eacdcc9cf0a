import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { APP_ROLE, SCHEMA } from './schema.ts';

/**
 * An item's cases are found by the item, and texts of cases that ended can be erased, by the owner's function
 * alone: what was handed over, and the answer with its text and note. Who decided what, and when, stays in the
 * organisation's log.
 */
const STATEMENTS: readonly string[] = [
  `CREATE INDEX cases_by_item ON ${SCHEMA}.cases (org, item_id)`,
  `CREATE FUNCTION ${SCHEMA}.erase_cases(of_org text, before text) RETURNS bigint
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${SCHEMA}, pg_temp AS $$
     DECLARE
       gone bigint;
       nothing CONSTANT text := '{"draft":"","sources":[],"facts":[],"note":""}';
     BEGIN
       IF before > to_char((now() - interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') THEN
         RAISE EXCEPTION 'Texts of the last day stay' USING ERRCODE = 'restrict_violation';
       END IF;
       UPDATE case_contents SET content = nothing
         WHERE org = of_org AND content <> nothing AND case_id IN
           (SELECT id FROM cases WHERE org = of_org AND stage <> 'open' AND created_at < before);
       GET DIAGNOSTICS gone = ROW_COUNT;
       DELETE FROM case_resolutions WHERE org = of_org AND case_id IN
         (SELECT id FROM cases WHERE org = of_org AND stage <> 'open' AND created_at < before);
       RETURN gone;
     END $$`,
  `REVOKE ALL ON FUNCTION ${SCHEMA}.erase_cases(text, text) FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION ${SCHEMA}.erase_cases(text, text) TO ${APP_ROLE}`,
];

/** What the tables of cases got later. */
export const casesLater: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
