import type { Kysely, Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { SCHEMA, type Database } from './db/schema.ts';
import { signingKey, type SigningKey } from './signing-key.ts';
import { mintToken } from './tokens.ts';

/** The one organisation of a collector. */
export const DEFAULT_ORG = 'default';

/** Name of the first administrator until they give another. */
const FIRST_ADMIN = 'Admin';

/**
 * Gets an organisation ready: its signing key, its own log, and a first administrator with a token when
 * there is none or another token is asked for. Two processes that start at once get the same key, and one
 * token is made.
 */
export async function setUpOrg(
  db: Kysely<Database>,
  org: string,
  options: { newToken: boolean },
): Promise<{ key: SigningKey; token: string | null }> {
  return db.transaction().execute(async (tx) => {
    const rows = tx.withSchema(SCHEMA);
    const created_at = new Date().toISOString();
    await rows
      .insertInto('orgs')
      .values({ org, created_at, logid: '', feed_head: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { logid } = await rows
      .selectFrom('orgs')
      .select('logid')
      .where('org', '=', org)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (logid === '') {
      await rows.updateTable('orgs').set({ logid: uuidv7() }).where('org', '=', org).execute();
    }
    const key = await signingKey(tx, org);
    const admin = await firstAdmin(tx, org);
    if (admin !== null && !options.newToken) return { key, token: null };
    const member = admin ?? (await addAdmin(tx, org, created_at));
    const { token } = await mintToken(tx, { org, member, label: '' });
    return { key, token };
  });
}

/** The active administrator who is there longest. */
async function firstAdmin(tx: Transaction<Database>, org: string): Promise<string | null> {
  const row = await tx
    .withSchema(SCHEMA)
    .selectFrom('members')
    .select('id')
    .where('org', '=', org)
    .where('role', '=', 'admin')
    .where('active', '=', true)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function addAdmin(tx: Transaction<Database>, org: string, at: string): Promise<string> {
  const id = uuidv7();
  await tx
    .withSchema(SCHEMA)
    .insertInto('members')
    .values({ org, id, name: FIRST_ADMIN, email: '', role: 'admin', active: true, created_at: at })
    .execute();
  return id;
}
