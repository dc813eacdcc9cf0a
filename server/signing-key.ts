import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Kysely } from 'kysely';
import { toBase64Url } from '../lib/protocol/base64.ts';
import {
  keyIdOf,
  receiptSigningInput,
  signedReceipt,
  type CollectorKey,
  type Receipt,
  type ReceiptStatement,
} from '../lib/protocol/receipt.ts';
import type { SignedPolicy } from '../lib/protocol/policy.ts';
import { signingInput } from '../lib/protocol/signed-json.ts';
import { SCHEMA, type Database, type KeyRow } from './db/schema.ts';

/** A collector's Ed25519 key: its public half, and the act of signing. */
export interface SigningKey extends CollectorKey {
  sign(fields: Omit<ReceiptStatement, 'format' | 'v' | 'key'>): Receipt;
  /** The same for a policy. */
  signPolicy(fields: Omit<SignedPolicy, 'format' | 'v' | 'key' | 'signature'>): SignedPolicy;
}

function usable(row: KeyRow): SigningKey {
  const key = createPrivateKey({
    key: Buffer.from(row.private_key, 'base64url'),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    id: row.id,
    publicKey: row.public_key,
    sign(fields) {
      const statement: ReceiptStatement = {
        format: 'countersign-receipt',
        v: 1,
        ...fields,
        key: row.id,
      };
      return signedReceipt(statement, sign(null, receiptSigningInput(statement), key));
    },
    signPolicy(fields) {
      const statement = {
        format: 'countersign-policy' as const,
        v: 1 as const,
        ...fields,
        key: row.id,
      };
      const signature = toBase64Url(sign(null, signingInput(statement), key));
      return { ...statement, signature };
    },
  };
}

function newKey(org: string): KeyRow {
  const pair = generateKeyPairSync('ed25519');
  // The last 32 bytes of the structure are the key itself (RFC 8410 §4).
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    org,
    id: keyIdOf(publicKey),
    public_key: toBase64Url(publicKey),
    private_key: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
    created_at: new Date().toISOString(),
  };
}

/** The organisation's key; made when there is none. Call it while the organisation's row is locked. */
export async function signingKey(db: Kysely<Database>, org: string): Promise<SigningKey> {
  const found = await db
    .withSchema(SCHEMA)
    .selectFrom('keys')
    .selectAll()
    .where('org', '=', org)
    .executeTakeFirst();
  if (found !== undefined) return usable(found);
  const made = newKey(org);
  await db.withSchema(SCHEMA).insertInto('keys').values(made).execute();
  return usable(made);
}
