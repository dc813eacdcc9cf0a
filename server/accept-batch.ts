import { readEvent, type TrailEvent } from '../lib/audit/event-read.ts';
import { leafHash } from '../lib/audit/leaf.ts';
import type { PushRequest } from '../lib/protocol/messages.ts';
import { Refusal } from './refusal.ts';

/** One event of a push, read. */
export interface BatchEvent {
  seq: number;
  hash: string;
  /** Hash of the entry before, as the event names it. */
  prevHash: string;
  raw: string;
  known: boolean;
  event: TrailEvent;
}

/**
 * Reads the events of a push: each a valid envelope of this log, numbered from `from` without a gap,
 * each naming the one before. A type that is not known is no fault: it is stored as it is. Throws
 * `Refusal` (`envelope-invalid`) at the first event that is not so.
 */
export function acceptBatch(logid: string, request: PushRequest): [BatchEvent, ...BatchEvent[]] {
  const batch: BatchEvent[] = [];
  for (const [index, raw] of request.events.entries()) {
    const seq = request.from + index;
    const read = readEvent(raw);
    if (!read.ok || read.event.logid !== logid || read.event.seq !== seq) {
      throw new Refusal('envelope-invalid', { seq });
    }
    const { prevHash, type } = read.event;
    const before = batch.at(-1);
    if (before !== undefined && before.hash !== prevHash) {
      throw new Refusal('envelope-invalid', { seq });
    }
    batch.push({
      seq,
      hash: leafHash(raw),
      prevHash,
      raw,
      known: type !== 'unknown',
      event: read.event,
    });
  }
  const [first, ...rest] = batch;
  if (first === undefined) throw new Refusal('request-invalid');
  return [first, ...rest];
}
