import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import * as z from 'zod/mini';
import { fromBase64Url, toBase64Url } from './base64.ts';
import { hashField, keyIdField, logidField, seqField, timeField } from './fields.ts';

/** Bytes of an Ed25519 public key and of a signature (RFC 8032). */
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

const statement = z.object({
  /** Says what is signed, so that the signature serves nothing else. */
  format: z.literal('countersign-receipt'),
  v: z.literal(1),
  org: z.string(),
  logid: logidField,
  seq: seqField,
  hash: hashField,
  /** Entries that arrived with this push; 0 when all were held already. */
  eventsCount: z.int().check(z.gte(0)),
  receivedAt: timeField,
  /** Which key signed. */
  key: keyIdField,
});

/** What a collector signs: it holds the log's entries 0 to `seq`, and the last has this hash. */
export type ReceiptStatement = z.infer<typeof statement>;

/** The signed statement. */
export const receipt = z.extend(statement, { signature: z.string() });
export type Receipt = z.infer<typeof receipt>;

/** A collector's public key, pinned at first contact. */
export interface CollectorKey {
  id: string;
  /** Base64url of the 32 bytes. */
  publicKey: string;
}

/** Verifies an Ed25519 signature; handed in, because pure code has no cryptography of its own. */
export type VerifySignature = (
  publicKey: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => boolean | Promise<boolean>;

/** What is signed: the UTF-8 bytes of the canonical JSON (RFC 8785) of the statement. */
export function receiptSigningInput(value: ReceiptStatement): Uint8Array<ArrayBuffer> {
  const { format, v, org, logid, seq, hash, eventsCount, receivedAt, key } = value;
  const json = canonicalize({ format, v, org, logid, seq, hash, eventsCount, receivedAt, key });
  if (json === undefined) throw new TypeError('A receipt is always serialisable');
  return new Uint8Array(utf8ToBytes(json));
}

/** Puts statement and signature together. */
export function signedReceipt(value: ReceiptStatement, signature: Uint8Array): Receipt {
  return { ...value, signature: toBase64Url(signature) };
}

/** The name of a public key. */
export function keyIdOf(publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey)).slice(0, 16);
}

/** Whether `key` is well-formed and its name is its own. */
export function isCollectorKey(key: CollectorKey): boolean {
  const bytes = fromBase64Url(key.publicKey, PUBLIC_KEY_BYTES);
  return bytes !== null && keyIdOf(bytes) === key.id;
}

/** Whether a receipt was signed with this very key. Never throws, whatever the receipt holds. */
export async function verifyReceipt(
  value: Receipt,
  key: CollectorKey,
  verify: VerifySignature,
): Promise<boolean> {
  const publicKey = fromBase64Url(key.publicKey, PUBLIC_KEY_BYTES);
  const signature = fromBase64Url(value.signature, SIGNATURE_BYTES);
  if (publicKey === null || signature === null || !value.org.isWellFormed()) return false;
  if (!isCollectorKey(key) || value.key !== key.id) return false;
  return verify(publicKey, receiptSigningInput(value), signature);
}
