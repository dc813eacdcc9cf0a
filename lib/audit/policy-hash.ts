import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { Policy } from '../domain/policy.ts';

/** Hex digits that name a policy: 64 bits, so that no two of one team are ever taken for each other. */
const DIGITS = 16;

/**
 * Names exactly these rules and demands: the first 16 hex digits of SHA-256 over their canonical JSON
 * (RFC 8785). A version alone names a policy only while nobody changed it.
 */
export function policyHash({ version, rules, demands }: Policy): string {
  const text = canonicalize({ version, rules, demands }) ?? '';
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, DIGITS);
}
