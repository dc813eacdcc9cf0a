import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { APP_ROLE, SCHEMA } from './schema.ts';

/**
 * Redacted texts of events. The running collector may add them and read them; all it can erase is what
 * is older than a day, through a function that belongs to the owner: neither a bug nor who takes the
 * process over can change a text, or take away what came today.
 */
const STATEMENTS: readonly string[] = [
  `CREATE TABLE ${SCHEMA}.contents (
     org text NOT NULL, logid text NOT NULL, seq bigint NOT NULL, field text NOT NULL,
     commitment text NOT NULL, text text NOT NULL, salt text NOT NULL, cut boolean NOT NULL,
     redactions text NOT NULL, level text NOT NULL, member text NOT NULL, received_at text NOT NULL,
     PRIMARY KEY (org, logid, seq, field))`,
  `CREATE INDEX contents_by_age ON ${SCHEMA}.contents (org, received_at)`,
  `GRANT SELECT, INSERT ON ${SCHEMA}.contents TO ${APP_ROLE}`,
  `CREATE FUNCTION ${SCHEMA}.erase_contents(of_org text, before text) RETURNS bigint
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${SCHEMA}, pg_temp AS $$
     DECLARE gone bigint;
     BEGIN
       IF before > to_char((now() - interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') THEN
         RAISE EXCEPTION 'Texts of the last day stay' USING ERRCODE = 'restrict_violation';
       END IF;
       DELETE FROM contents WHERE org = of_org AND received_at < before;
       GET DIAGNOSTICS gone = ROW_COUNT;
       RETURN gone;
     END $$`,
  `REVOKE ALL ON FUNCTION ${SCHEMA}.erase_contents(text, text) FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION ${SCHEMA}.erase_contents(text, text) TO ${APP_ROLE}`,
];

/** Texts apart from the trail. */
export const contentsTable: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
