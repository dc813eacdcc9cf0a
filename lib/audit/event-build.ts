import canonicalize from 'canonicalize';
import { cloudEventType, type EventDraft } from '../domain/event.ts';
import type { OrgEventType } from '../domain/org-event.ts';
import { hexToBase64Url } from './leaf.ts';
import { checkData, EventLimitError, MAX_RAW_BYTES, exceedsUtf8 } from './limits.ts';

/** Who acts. `name` is '' for the extension itself; `declared` names were checked by nobody. */
export interface Actor {
  name: string;
  declared: boolean;
}

/** What places a draft in its log. */
export interface EventPlace {
  /** UUID of the log. */
  logid: string;
  seq: number;
  /** `leafHash` of the entry before, `ZERO_HASH` for the first. */
  prevHash: string;
  /** UUID of the event. */
  id: string;
  /** Wall clock, milliseconds since 1970. */
  time: number;
  actor: Actor;
  siteId?: string;
}

/** Longest text of an attribute that names a person, a site or an id. */
const MAX_ATTRIBUTE_BYTES = 400;

/** CloudEvents `sequence`: 16 digits, so that text order is number order. */
function sequenceText(seq: number): string {
  return String(seq).padStart(16, '0');
}

/**
 * The exact string of an event: CloudEvents 1.0 JSON in canonical form (RFC 8785), made once and
 * never again. Optional attributes are absent, never empty. Throws `EventLimitError`.
 */
export function buildEvent(
  draft: Omit<EventDraft, 'type'> & { type: EventDraft['type'] | OrgEventType },
  place: EventPlace,
): string {
  checkData(draft.data);
  if (!Number.isSafeInteger(place.seq) || place.seq < 0) throw new EventLimitError('number', 'seq');
  const { actor } = place;
  const envelope: Record<string, unknown> = {
    specversion: '1.0',
    id: place.id,
    source: `urn:uuid:${place.logid}`,
    type: cloudEventType(draft.type),
    time: new Date(place.time).toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:countersign:schema:${draft.type}:1`,
    sequence: sequenceText(place.seq),
    prevhash: hexToBase64Url(place.prevHash),
    authtype: actor.name === '' ? 'system' : 'app_user',
    data: draft.data,
  };
  const optional = {
    authid: actor.name,
    authassurance: actor.name === '' ? '' : actor.declared ? 'self-declared' : 'verified',
    correlationid: draft.itemId,
    causationid: draft.causationId,
    traceid: draft.traceId,
    siteid: place.siteId ?? '',
  };
  for (const [name, value] of Object.entries(optional)) {
    if (value === '') continue;
    if (!value.isWellFormed()) throw new EventLimitError('text', name);
    if (exceedsUtf8(value, MAX_ATTRIBUTE_BYTES)) throw new EventLimitError('string', name);
    envelope[name] = value;
  }
  const raw = canonicalize(envelope);
  if (raw === undefined) throw new EventLimitError('type', 'data');
  if (exceedsUtf8(raw, MAX_RAW_BYTES)) throw new EventLimitError('size', 'data');
  return raw;
}
