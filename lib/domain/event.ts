import * as z from 'zod/mini';
import type { OrgEventType } from './org-event.ts';

/** Types of events in the trail. Reverse-DNS and version are added on the wire: `dev.countersign.<type>.v1`. */
export const eventType = z.enum([
  'log.started',
  'log.lost',
  'output.observed',
  'item.opened',
  'item.changed',
  'decision.approved',
  'decision.edited',
  'decision.rejected',
  'decision.sent-back',
  'decision.escalated',
  'decision.deferred',
  'decision.abstained',
  'decision.undone',
  'release.human',
  'effect.applied',
  'effect.failed',
  'effect.unknown',
  'send.held',
  'send.warned',
  'send.unreviewed',
  'case.applied',
  'case.superseded',
  'delivery.match',
  'delivery.drifted',
  'delivery.unseen',
  'config.changed',
  'policy.changed',
  'policy.refused',
  'signin.started',
  'signin.ended',
  'site.granted',
  'site.revoked',
  'export.made',
  'content.erased',
  'capture.gap',
  'integrity.failed',
]);
export type EventType = z.infer<typeof eventType>;

/** CloudEvents type of an event type. */
export function cloudEventType(type: EventType | OrgEventType): string {
  return `dev.countersign.${type}.v1`;
}

/** A value that canonical JSON can carry: what `data` of an event is made of. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** An event before it is chained: what use cases hand to the store. */
export interface EventDraft {
  type: EventType;
  /** Review item it belongs to, '' for none. CloudEvents `correlationid`. */
  itemId: string;
  /** Trace id of the item, '' for none. */
  traceId: string;
  /** Id of the event that caused this one, '' for none. */
  causationId: string;
  /** No free text, no content: ids, hashes, counts, codes (trust.md §2.2). */
  data: { [key: string]: Json };
}

/** One stored event: the exact canonical string is the truth, the rest are indices over it. */
export interface StoredEvent {
  logid: string;
  seq: number;
  raw: string;
  /** Lower-case hex RFC 6962 leaf hash of `raw`. */
  hash: string;
  id: string;
  type: EventType | 'unknown';
  itemId: string;
  /** Who acted, as shown: self-declared name or subject; '' for the extension itself. */
  actor: string;
  siteId: string;
  /** Wall clock, milliseconds since 1970. */
  time: number;
}
