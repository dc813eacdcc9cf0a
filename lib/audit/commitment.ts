import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { hexToBase64Url } from './leaf.ts';

/** Random bytes behind each commitment; without them the hash of a short answer can be guessed. */
export const SALT_BYTES = 32;

const COMMITMENT = /^cs1:[A-Za-z0-9_-]{43}$/;

/**
 * Salted commitment to a text: `cs1:` and base64url of
 * SHA-256("cs1|" ‖ field ‖ 0x00 ‖ salt ‖ UTF-8 text). Lone surrogates are hashed as U+FFFD.
 * Throws `RangeError` for a salt of another length or a field with a zero byte.
 */
export function commitmentOf(field: string, salt: Uint8Array, text: string): string {
  if (salt.length !== SALT_BYTES) throw new RangeError(`A salt has ${SALT_BYTES} bytes`);
  if (field.includes('\u0000')) throw new RangeError('A field name has no zero byte');
  const hash = sha256(
    concatBytes(utf8ToBytes(`cs1|${field}`), Uint8Array.of(0), salt, utf8ToBytes(text)),
  );
  return `cs1:${hexToBase64Url(bytesToHex(hash))}`;
}

/** Every commitment that stands anywhere in `data` of an event. */
export function commitmentsIn(data: unknown): string[] {
  if (typeof data === 'string') return COMMITMENT.test(data) ? [data] : [];
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap(commitmentsIn);
}
