import { sha256 } from '@noble/hashes/sha2.js';

/** Header with the protocol number. */
export const PROTOCOL_HEADER = 'Countersign-Protocol';
/** Header that names a push, so that a repeated one is told from another. */
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
/** RFC 9530. */
export const DIGEST_HEADER = 'Content-Digest';

/** Media type of a push. */
export const PUSH_TYPE = 'application/vnd.countersign.push+json';
/** Media type of a refusal (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** `Content-Digest` of a body: one SHA-256 as a structured field (RFC 9530 §2). */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${btoa(String.fromCharCode(...sha256(body)))}:`;
}

/** The one key of a push: made of what is pushed, so another body can't carry it. */
export function idempotencyKey(logid: string, from: number, to: number, lastHash: string): string {
  return `"${logid}/${from}-${to}/${lastHash.slice(0, 16)}"`;
}
