import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const LEAF_PREFIX = Uint8Array.of(0x00);

/** The last entry of a log: what a later reading of the log is held against. */
export interface Head {
  logid: string;
  seq: number;
  /** `leafHash` of that entry. */
  hash: string;
}

/** What the first entry of a log names as its predecessor's hash: 32 zero bytes. */
export const ZERO_HASH = '00'.repeat(32);

/** RFC 6962 §2.1 leaf hash, SHA-256(0x00 ‖ bytes), as bytes. */
export function leafHashBytes(bytes: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF_PREFIX, bytes));
}

/** Lower-case hex RFC 6962 leaf hash of the UTF-8 bytes of a raw event. */
export function leafHash(raw: string): string {
  return bytesToHex(leafHashBytes(utf8ToBytes(raw)));
}

/** Lower-case hex to base64url without padding (RFC 4648 §5). Throws on anything but hex. */
export function hexToBase64Url(hex: string): string {
  return btoa(String.fromCharCode(...hexToBytes(hex)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Base64url of 32 bytes to lower-case hex; null when it is not exactly that. */
export function base64UrlToHash(text: string): string | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const hex = bytesToHex(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  // The last character carries 4 bits only: of its spellings just one is canonical.
  return hexToBase64Url(hex) === text ? hex : null;
}
