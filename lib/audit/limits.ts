/** Largest raw event in UTF-8 bytes; CloudEvents asks carriers for 64 KiB. */
export const MAX_RAW_BYTES = 60 * 1024;
/** Deepest nesting of `data`; `data` itself is 1. */
export const MAX_DEPTH = 8;
/** Most keys of all objects in `data` together. */
const MAX_KEYS = 200;
/** Longest string or key in UTF-8 bytes. */
const MAX_STRING_BYTES = 4 * 1024;

/** Which limit an event breaks. `text`: a lone surrogate; `type`: not a JSON value. */
export type LimitCode = 'depth' | 'keys' | 'string' | 'number' | 'text' | 'type' | 'size';

/** An event that must not enter the trail: which limit, and where in `data` (e.g. `data.diff.0`). */
export class EventLimitError extends Error {
  readonly code: LimitCode;
  readonly path: string;
  constructor(code: LimitCode, path: string) {
    super(`Event breaks the limit "${code}" at ${path}`);
    this.name = 'EventLimitError';
    this.code = code;
    this.path = path;
  }
}

const encoder = new TextEncoder();

/** Whether a text has more UTF-8 bytes than `limit`; a UTF-16 unit takes one to three. */
export function exceedsUtf8(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false;
  return text.length > limit || encoder.encode(text).length > limit;
}

/** Rounds a score or share to the 4 decimals that an event may carry. */
export function score(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function isExactNumber(value: number): boolean {
  if (Number.isSafeInteger(value)) return true;
  return Number.isFinite(value) && Math.abs(value) < 1e9 && score(value) === value;
}

/**
 * Checks `data` of an event before it is canonicalised, so that nesting can exhaust no stack and what
 * every reader parses is the same value (I-JSON, RFC 7493). Throws `EventLimitError`.
 */
export function checkData(data: unknown): void {
  let keys = 0;
  const text = (value: string, path: string) => {
    if (!value.isWellFormed()) throw new EventLimitError('text', path);
    if (exceedsUtf8(value, MAX_STRING_BYTES)) {
      throw new EventLimitError('string', path);
    }
  };
  const walk = (value: unknown, path: string, depth: number) => {
    if (value === null || typeof value === 'boolean') return;
    if (typeof value === 'string') return text(value, path);
    if (typeof value === 'number') {
      if (!isExactNumber(value)) throw new EventLimitError('number', path);
      return;
    }
    if (typeof value !== 'object') throw new EventLimitError('type', path);
    if (depth > MAX_DEPTH) throw new EventLimitError('depth', path);
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        walk(value[index], `${path}.${index}`, depth + 1);
      }
      return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      throw new EventLimitError('type', path);
    for (const [key, child] of Object.entries(value)) {
      keys += 1;
      if (keys > MAX_KEYS) throw new EventLimitError('keys', path);
      // Assigning this key would set a prototype in a careless reader.
      if (key === '__proto__') throw new EventLimitError('type', `${path}.${key}`);
      text(key, path);
      walk(child, `${path}.${key}`, depth + 1);
    }
  };
  walk(data, 'data', 1);
}
