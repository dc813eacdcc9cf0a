import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Sizes of a signing secret in bytes (Standard Webhooks 1.0.0, "Signature scheme"). */
const MIN_SECRET = 24;
const MAX_SECRET = 64;

const FORM = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/** Reads `whsec_<base64>`; null when it is not of that form or not 24 to 64 bytes long. */
export function readWebhookSecret(text: string): Uint8Array | null {
  const encoded = FORM.exec(text)?.[1];
  if (encoded === undefined) return null;
  const secret = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
  return secret.length >= MIN_SECRET && secret.length <= MAX_SECRET ? secret : null;
}

/**
 * Headers that sign one attempt (Standard Webhooks 1.0.0): `seconds` since 1970 is the attempt's time, not
 * the event's. Throws `RangeError` for an id with a dot: it could move the border of what is signed.
 */
export function signedHeaders(
  secret: Uint8Array,
  { id, seconds, body }: { id: string; seconds: number; body: Uint8Array },
): Record<string, string> {
  if (id.includes('.')) throw new RangeError('An id of a webhook holds no dot');
  const content = concatBytes(utf8ToBytes(`${id}.${seconds}.`), body);
  const mac = hmac(sha256, secret, content);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${btoa(String.fromCharCode(...mac))}`,
  };
}
