import type { Kysely } from 'kysely';
import { SCHEMA, type Database } from './db/schema.ts';
import { signingKey, type SigningKey } from './signing-key.ts';
import { hasToken, mintToken } from './tokens.ts';

/** The one organisation of a collector that knows no sign-in yet. */
export const DEFAULT_ORG = 'default';

/**
 * Gets an organisation ready: its signing key, and its first token when it has none or another is asked
 * for. Two processes that start at once get the same key, and one token is made.
 */
export async function setUpOrg(
  db: Kysely<Database>,
  org: string,
  options: { newToken: boolean },
): Promise<{ key: SigningKey; token: string | null }> {
  return db.transaction().execute(async (tx) => {
    const rows = tx.withSchema(SCHEMA);
    await rows
      .insertInto('orgs')
      .values({ org, created_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await rows.selectFrom('orgs').select('org').where('org', '=', org).forUpdate().execute();
    const key = await signingKey(tx, org);
    const wanted = options.newToken || !(await hasToken(tx, org));
    return { key, token: wanted ? await mintToken(tx, org) : null };
  });
}
