import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { APP_ROLE, SCHEMA } from './schema.ts';

/** Who a person is at a provider of sign-ins. One person is one subject there, and the other way round. */
const STATEMENTS: readonly string[] = [
  `CREATE TABLE ${SCHEMA}.identities (
     org text NOT NULL, issuer text NOT NULL, subject text NOT NULL, member text NOT NULL,
     claims_at bigint NOT NULL, linked_at text NOT NULL, PRIMARY KEY (org, issuer, subject),
     UNIQUE (org, issuer, member))`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ${SCHEMA}.identities TO ${APP_ROLE}`,
];

/** Sign-in by an OpenID provider. */
export const signInTables: Migration = {
  up: async (db) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
