import { uuidv7 } from 'uuidv7';

/** A sortable unique id (RFC 9562, UUID version 7). */
export function uuid(): string {
  return uuidv7();
}

/** `length` bytes from the platform's cryptographic generator. */
export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A W3C trace id: 32 lower-case hex digits, never all zero. */
export function traceId(): string {
  return uuidv7().replaceAll('-', '');
}
