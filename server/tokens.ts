import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { SCHEMA, type Database, type TokenRow } from './db/schema.ts';

const TOKEN = /^cs_([a-z0-9-]{1,40})_[A-Za-z0-9_-]{43}$/;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Makes a token of a member and stores its hash. Returns it: it can't be read again. */
export async function mintToken(
  db: Kysely<Database>,
  of: { org: string; member: string; label: string },
): Promise<{ token: string; row: TokenRow }> {
  const token = `cs_${of.org}_${randomBytes(32).toString('base64url')}`;
  const row: TokenRow = {
    ...of,
    hash: hashOf(token),
    id: uuidv7(),
    created_at: new Date().toISOString(),
    revoked_at: '',
  };
  await db.withSchema(SCHEMA).insertInto('tokens').values(row).execute();
  return { token, row };
}

/** Who a good token stands for. */
interface Bearer {
  org: string;
  member: string;
  tokenId: string;
}

/** The token of an `Authorization` header; '' when it carries none. */
export function tokenOf(authorization: string | undefined): string {
  const [, token = ''] = /^Bearer ([^\s]+)$/i.exec(authorization ?? '') ?? [];
  return token;
}

/** The owner of a token; null when it is not ours or was revoked. */
export async function bearerOf(db: Kysely<Database>, token: string): Promise<Bearer | null> {
  const [, org] = TOKEN.exec(token) ?? [];
  if (org === undefined) return null;
  // Found by its hash: how long that takes says nothing about the token.
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('tokens')
    .select(['org', 'member', 'id as tokenId'])
    .where('org', '=', org)
    .where('hash', '=', hashOf(token))
    .where('revoked_at', '=', '')
    .executeTakeFirst();
  return row ?? null;
}
