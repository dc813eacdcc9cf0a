import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { APP_ROLE, SCHEMA, type Database } from './schema.ts';
import { casesLater } from './cases-later.ts';
import { contentsTable } from './contents-table.ts';
import { signInTables } from './sign-in-tables.ts';
import { teamTables } from './team-tables.ts';

/** Times are RFC 3339 text, as they stand in receipts: no driver reads them differently. */
const STATEMENTS: readonly string[] = [
  `CREATE TABLE ${SCHEMA}.orgs (org text NOT NULL PRIMARY KEY, created_at text NOT NULL)`,
  `CREATE TABLE ${SCHEMA}.tokens (
     org text NOT NULL, hash text NOT NULL, role text NOT NULL, created_at text NOT NULL,
     PRIMARY KEY (org, hash))`,
  `CREATE TABLE ${SCHEMA}.keys (
     org text NOT NULL, id text NOT NULL, public_key text NOT NULL, private_key text NOT NULL,
     created_at text NOT NULL, PRIMARY KEY (org, id))`,
  `CREATE TABLE ${SCHEMA}.logs (
     org text NOT NULL, logid text NOT NULL, head_seq bigint NOT NULL, head_hash text NOT NULL,
     created_at text NOT NULL, PRIMARY KEY (org, logid))`,
  `CREATE TABLE ${SCHEMA}.events (
     org text NOT NULL, logid text NOT NULL, seq bigint NOT NULL, hash text NOT NULL,
     raw text NOT NULL, known boolean NOT NULL, received_at text NOT NULL,
     PRIMARY KEY (org, logid, seq))`,
  `CREATE TABLE ${SCHEMA}.echoes (
     org text NOT NULL, nonce text NOT NULL, at text NOT NULL, PRIMARY KEY (org, nonce))`,
  `CREATE FUNCTION ${SCHEMA}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'The trail is append-only' USING ERRCODE = 'restrict_violation'; END $$`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${SCHEMA}.events
     FOR EACH ROW EXECUTE FUNCTION ${SCHEMA}.refuse_change()`,
  `CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ${SCHEMA}.events
     FOR EACH STATEMENT EXECUTE FUNCTION ${SCHEMA}.refuse_change()`,
  // Roles belong to the whole server: an administrator or another database may have made it, maybe in
  // this moment. Who may not make roles may not ask for it either when it is there.
  `DO $$ BEGIN
     IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN
       CREATE ROLE ${APP_ROLE} NOLOGIN;
     END IF;
   EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
  `DO $$ BEGIN
     IF NOT pg_has_role(CURRENT_USER, '${APP_ROLE}', 'MEMBER') THEN
       GRANT ${APP_ROLE} TO CURRENT_USER;
     END IF;
   END $$`,
  `GRANT USAGE ON SCHEMA ${SCHEMA} TO ${APP_ROLE}`,
  `GRANT SELECT, INSERT ON ${SCHEMA}.tokens, ${SCHEMA}.keys, ${SCHEMA}.events TO ${APP_ROLE}`,
  `GRANT SELECT, INSERT, UPDATE ON ${SCHEMA}.orgs, ${SCHEMA}.logs TO ${APP_ROLE}`,
  `GRANT SELECT, INSERT, DELETE ON ${SCHEMA}.echoes TO ${APP_ROLE}`,
];

const first: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

/** Every step from an empty database, in order. A step that was released is never changed. */
const STEPS: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-team': teamTables,
  '0003-contents': contentsTable,
  '0004-sign-in': signInTables,
  '0005-cases': casesLater,
};

/**
 * Brings the database to this version's tables, or to those after the step `last`. Run as their owner;
 * safe when several start at once.
 */
export async function migrate(db: Kysely<Database>, last?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    migrationTableSchema: SCHEMA,
    provider: { getMigrations: () => Promise.resolve(STEPS) },
  });
  const { error } =
    last === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(last);
  if (error !== undefined) throw error;
}
