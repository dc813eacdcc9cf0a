import { utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { fromBase64Url } from './base64.ts';
import { isCollectorKey, type CollectorKey, type VerifySignature } from './receipt.ts';

/** Bytes of an Ed25519 public key and of a signature (RFC 8032). */
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** What is signed: the UTF-8 bytes of the canonical JSON (RFC 8785). Throws for lone surrogates. */
export function signingInput(statement: object): Uint8Array<ArrayBuffer> {
  const json = canonicalize(statement);
  if (json === undefined) throw new TypeError('A statement is always serialisable');
  return new Uint8Array(utf8ToBytes(json));
}

/** Whether a statement was signed with this very key. Never throws, whatever it holds. */
export async function verifyStatement(
  signed: { key: string; signature: string },
  key: CollectorKey,
  verify: VerifySignature,
): Promise<boolean> {
  const { signature, ...statement } = signed;
  const publicKey = fromBase64Url(key.publicKey, PUBLIC_KEY_BYTES);
  const bytes = fromBase64Url(signature, SIGNATURE_BYTES);
  if (publicKey === null || bytes === null) return false;
  if (!isCollectorKey(key) || signed.key !== key.id) return false;
  let input: Uint8Array<ArrayBuffer>;
  try {
    input = signingInput(statement);
  } catch (error) {
    // A lone surrogate: nothing that a collector signed.
    if (error instanceof Error) return false;
    throw error;
  }
  return verify(publicKey, input, bytes);
}
