import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const digest = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));

/** Trace id of an item: its own, else one made of its id. Never all zeros. */
export function traceIdOf({ traceId, itemId }: { traceId: string; itemId: string }): string {
  const isValid = /^[0-9a-f]{32}$/.test(traceId) && !/^0+$/.test(traceId);
  return isValid ? traceId : digest(`trace/${itemId}`).slice(0, 32);
}

/** Span id of a part of an item: made of its parts, so that what is sent twice is the same span. */
export function spanIdOf(itemId: string, part: string): string {
  return digest(`span/${itemId}/${part}`).slice(0, 16);
}
