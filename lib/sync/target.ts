import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { PROTOCOL_HEADER } from '../protocol/headers.ts';
import { PROTOCOL } from '../protocol/limits.ts';
import type { EndpointKind } from '../domain/endpoint.ts';

/** Where to send, and with what right. */
export interface Target {
  kind: EndpointKind;
  /** '' for nowhere. */
  endpoint: string;
  token: string;
}

/** Names what the cursors are about: the same address as another kind of endpoint holds nothing yet. */
export function placeOf({ kind, endpoint }: Target): string {
  return kind === 'collector' || endpoint === '' ? endpoint : `${kind} ${endpoint}`;
}

/** Names endpoint and token together without saying the token. */
export function credentialOf({ endpoint, token }: Target): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([endpoint, token])))).slice(0, 16);
}

/** The header of a token; none for one that no header can carry, and for what signs webhooks. */
export function bearer(token: string): Record<string, string> {
  const isSent = /^[\x21-\x7e]+$/.test(token) && !token.startsWith('whsec_');
  return isSent ? { Authorization: `Bearer ${token}` } : {};
}

/** Headers of every request to a collector that needs a right. */
export function ownHeaders(token: string): Record<string, string> {
  return { [PROTOCOL_HEADER]: String(PROTOCOL), ...bearer(token) };
}
