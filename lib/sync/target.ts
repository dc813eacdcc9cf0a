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

/** Headers of every request that needs a right. A token that no header can carry is sent as none. */
export function ownHeaders(token: string): Record<string, string> {
  const header = { [PROTOCOL_HEADER]: String(PROTOCOL) };
  return /^[\x21-\x7e]+$/.test(token) ? { ...header, Authorization: `Bearer ${token}` } : header;
}
