import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { SCHEMA, type Database } from './db/schema.ts';

const TOKEN = /^cs_([a-z0-9-]{1,40})_[A-Za-z0-9_-]{43}$/;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Makes a token of an organisation and stores its hash. Returns it: it can't be read again. */
export async function mintToken(db: Kysely<Database>, org: string): Promise<string> {
  const token = `cs_${org}_${randomBytes(32).toString('base64url')}`;
  const created_at = new Date().toISOString();
  await db
    .withSchema(SCHEMA)
    .insertInto('tokens')
    .values({ org, hash: hashOf(token), role: 'admin', created_at })
    .execute();
  return token;
}

/** Whether an organisation has a token at all. */
export async function hasToken(db: Kysely<Database>, org: string): Promise<boolean> {
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('tokens')
    .select('hash')
    .where('org', '=', org)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The organisation of an `Authorization` header; null when it is not one of ours. */
export async function orgOf(
  db: Kysely<Database>,
  authorization: string | undefined,
): Promise<string | null> {
  const [, token = ''] = /^Bearer ([^\s]+)$/i.exec(authorization ?? '') ?? [];
  const [, org] = TOKEN.exec(token) ?? [];
  if (org === undefined) return null;
  // Found by its hash: how long that takes says nothing about the token.
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('tokens')
    .select('org')
    .where('org', '=', org)
    .where('hash', '=', hashOf(token))
    .executeTakeFirst();
  return row?.org ?? null;
}
