import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { readEvent } from '../../lib/audit/event-read.ts';
import { historyRows } from '../history-rows.ts';
import { APP_ROLE, SCHEMA, type Database } from './schema.ts';

const now = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The team's tables. What is a record may be added to only: by grants, as the trail. */
const STATEMENTS: readonly string[] = [
  `ALTER TABLE ${SCHEMA}.orgs ADD COLUMN logid text NOT NULL DEFAULT '',
     ADD COLUMN feed_head bigint NOT NULL DEFAULT 0`,
  `CREATE TABLE ${SCHEMA}.members (
     org text NOT NULL, id text NOT NULL, name text NOT NULL, email text NOT NULL, role text NOT NULL,
     active boolean NOT NULL, created_at text NOT NULL, PRIMARY KEY (org, id))`,
  `ALTER TABLE ${SCHEMA}.tokens ADD COLUMN id text NOT NULL DEFAULT gen_random_uuid()::text,
     ADD COLUMN member text NOT NULL DEFAULT '', ADD COLUMN label text NOT NULL DEFAULT '',
     ADD COLUMN revoked_at text NOT NULL DEFAULT ''`,
  // Tokens of before belonged to nobody and could do everything: they are an administrator's.
  `INSERT INTO ${SCHEMA}.members (org, id, name, email, role, active, created_at)
     SELECT org, gen_random_uuid()::text, 'Admin', '', 'admin', true, ${now}
     FROM ${SCHEMA}.tokens GROUP BY org`,
  `UPDATE ${SCHEMA}.tokens AS t SET member = m.id FROM ${SCHEMA}.members AS m WHERE m.org = t.org`,
  `ALTER TABLE ${SCHEMA}.tokens DROP COLUMN role`,
  `ALTER TABLE ${SCHEMA}.logs ADD COLUMN member text NOT NULL DEFAULT ''`,
  `ALTER TABLE ${SCHEMA}.events ADD COLUMN member text NOT NULL DEFAULT ''`,
  `CREATE TABLE ${SCHEMA}.history (
     org text NOT NULL, logid text NOT NULL, seq bigint NOT NULL, time bigint NOT NULL,
     member text NOT NULL, outcome text NOT NULL, site text NOT NULL, item text NOT NULL,
     PRIMARY KEY (org, logid, seq))`,
  `CREATE INDEX history_by_time ON ${SCHEMA}.history (org, time, logid, seq)`,
  `CREATE INDEX history_by_member ON ${SCHEMA}.history (org, member, time, logid, seq)`,
  `CREATE TABLE ${SCHEMA}.policies (
     org text NOT NULL, version bigint NOT NULL, body text NOT NULL, member text NOT NULL,
     created_at text NOT NULL, PRIMARY KEY (org, version))`,
  `CREATE TABLE ${SCHEMA}.feed (
     org text NOT NULL, n bigint NOT NULL, tag text NOT NULL, audience text NOT NULL,
     item text NOT NULL, PRIMARY KEY (org, n))`,
  `CREATE TABLE ${SCHEMA}.cases (
     org text NOT NULL, id text NOT NULL, item_id text NOT NULL, trace_id text NOT NULL,
     site_id text NOT NULL, author text NOT NULL, tier text NOT NULL, stage text NOT NULL,
     holder text NOT NULL, held_until bigint NOT NULL, due_at bigint, version bigint NOT NULL,
     created_at text NOT NULL, PRIMARY KEY (org, id))`,
  `CREATE INDEX cases_by_stage ON ${SCHEMA}.cases (org, stage, created_at, id)`,
  `CREATE TABLE ${SCHEMA}.case_contents (
     org text NOT NULL, case_id text NOT NULL, hash text NOT NULL, content text NOT NULL,
     PRIMARY KEY (org, case_id))`,
  `CREATE TABLE ${SCHEMA}.case_resolutions (
     org text NOT NULL, case_id text NOT NULL, body text NOT NULL, PRIMARY KEY (org, case_id))`,
  `CREATE TABLE ${SCHEMA}.comments (
     org text NOT NULL, id text NOT NULL, logid text NOT NULL, seq bigint NOT NULL,
     member text NOT NULL, salt text NOT NULL, text text NOT NULL, created_at text NOT NULL,
     PRIMARY KEY (org, id))`,
  `CREATE INDEX comments_by_event ON ${SCHEMA}.comments (org, logid, seq)`,
  `GRANT SELECT, INSERT ON ${SCHEMA}.history, ${SCHEMA}.policies, ${SCHEMA}.feed,
     ${SCHEMA}.case_contents, ${SCHEMA}.case_resolutions, ${SCHEMA}.comments TO ${APP_ROLE}`,
  `GRANT SELECT, INSERT, UPDATE ON ${SCHEMA}.members, ${SCHEMA}.tokens, ${SCHEMA}.cases
     TO ${APP_ROLE}`,
];

/** Events read at once while the history of an older folder is filled in. */
const PAGE = 1000;

/** Fills `history` from events that were stored before it was kept. */
async function fillHistory(db: Kysely<Database>): Promise<void> {
  const rows = db.withSchema(SCHEMA);
  let after = { org: '', logid: '', seq: -1 };
  for (;;) {
    const page = await rows
      .selectFrom('events')
      .select(['org', 'logid', 'seq', 'raw', 'member'])
      .where(
        sql<boolean>`(org, logid, seq) > (${after.org}::text, ${after.logid}::text, ${after.seq}::bigint)`,
      )
      .orderBy('org')
      .orderBy('logid')
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    const last = page.at(-1);
    if (last === undefined) return;
    const found = page.flatMap(({ raw, ...place }) => {
      const read = readEvent(raw);
      return read.ok ? historyRows(place, [read.event]) : [];
    });
    if (found.length > 0) await rows.insertInto('history').values(found).execute();
    after = { org: last.org, logid: last.logid, seq: last.seq };
  }
}

/** Roles, people, policy, feed, cases, history and comments. */
export const teamTables: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
    await fillHistory(db);
  },
};
