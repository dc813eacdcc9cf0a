import canonicalize from 'canonicalize';
import * as z from 'zod/mini';
import { eventType, type EventType, type Json } from '../domain/event.ts';
import { base64UrlToHash } from './leaf.ts';
import { exceedsUtf8, MAX_DEPTH, MAX_RAW_BYTES } from './limits.ts';

const uuidText = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const TYPE = /^dev\.countersign\.([a-z.-]+)\.v(\d+)$/;

/** The envelope; attributes that a later version adds are kept and ignored. */
const envelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().check(z.minLength(1)),
  source: z.string().check(z.startsWith('urn:uuid:')),
  type: z.string().check(z.minLength(1)),
  time: z.string(),
  sequence: z.string().check(z.regex(/^\d{16}$/)),
  prevhash: z.string(),
  authid: z.optional(z.string()),
  authassurance: z.optional(z.string()),
  correlationid: z.optional(z.string()),
  causationid: z.optional(z.string()),
  traceid: z.optional(z.string()),
  siteid: z.optional(z.string()),
  data: z.record(z.string(), z.json()),
});

/** A raw event, read. Empty strings stand for absent attributes. */
export interface TrailEvent {
  logid: string;
  seq: number;
  /** `leafHash` of the entry before, as this entry names it. */
  prevHash: string;
  id: string;
  /** `unknown` for types and versions that this code does not know. */
  type: EventType | 'unknown';
  /** CloudEvents type, as written. */
  cloudType: string;
  time: number;
  actor: string;
  declared: boolean;
  itemId: string;
  traceId: string;
  causationId: string;
  siteId: string;
  data: { [key: string]: Json };
}

/** Why a raw event can't be read. `not-canonical`: other bytes than RFC 8785 gives. */
type ReadProblem = 'too-large' | 'too-deep' | 'not-json' | 'not-event' | 'not-canonical';

export type ReadResult = { ok: true; event: TrailEvent } | { ok: false; problem: ReadProblem };

const bad = (problem: ReadProblem): ReadResult => ({ ok: false, problem });

/** Whether a parsed value nests deeper than `levels`; looks no further than that. */
function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => deeperThan(child, levels - 1));
}

function knownType(cloudType: string): EventType | 'unknown' {
  const match = TYPE.exec(cloudType);
  if (match === null || match[2] !== '1') return 'unknown';
  const known = eventType.safeParse(match[1]);
  return known.success ? known.data : 'unknown';
}

/** Reads a raw event of any origin. Never throws; unknown types and attributes are no problem. */
export function readEvent(raw: string): ReadResult {
  if (exceedsUtf8(raw, MAX_RAW_BYTES)) return bad('too-large');
  if (!raw.isWellFormed()) return bad('not-json');
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return bad('not-json');
    throw error;
  }
  // The envelope is one level above `data`.
  if (deeperThan(value, MAX_DEPTH + 1)) return bad('too-deep');
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return bad('not-event');
  const read = parsed.data;
  const prevHash = base64UrlToHash(read.prevhash);
  const time = Date.parse(read.time);
  const logid = uuidText.safeParse(read.source.slice('urn:uuid:'.length));
  const seq = Number(read.sequence);
  if (prevHash === null || Number.isNaN(time) || !logid.success) return bad('not-event');
  if (!Number.isSafeInteger(seq)) return bad('not-event');
  try {
    if (canonicalize(value) !== raw) return bad('not-canonical');
  } catch (error) {
    // A lone surrogate written as an escape: the parser takes it, RFC 8785 does not.
    if (error instanceof Error) return bad('not-canonical');
    throw error;
  }
  return {
    ok: true,
    event: {
      logid: logid.data,
      seq,
      prevHash,
      id: read.id,
      type: knownType(read.type),
      cloudType: read.type,
      time,
      actor: read.authid ?? '',
      declared: read.authassurance !== 'verified',
      itemId: read.correlationid ?? '',
      traceId: read.traceid ?? '',
      causationId: read.causationid ?? '',
      siteId: read.siteid ?? '',
      data: read.data,
    },
  };
}
