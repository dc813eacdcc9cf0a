import type { Assessment } from '../domain/assessment.ts';
import { testItem as anyItem } from '../domain/domain.test-support.ts';
import type { EventDraft, EventType } from '../domain/event.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { CommitEnv } from './log.ts';

/** A commit environment with a clock that moves 1 ms per reading and numbered UUIDs. */
export function testEnv(who = 'Mia', start = Date.UTC(2026, 10, 23, 9), space = 1): CommitEnv {
  let time = start;
  let count = 0;
  return {
    now: () => (time += 1),
    uuid: () => {
      count += 1;
      const tail = String(count).padStart(12, '0');
      return `00000000-0000-7000-8000-${tail}`.replace('00000000', String(space).padStart(8, '0'));
    },
    // Never the same twice, as a generator would; no test needs it to be secret.
    randomBytes: (length) =>
      Uint8Array.from({ length }, (_, at) => (at === 0 ? (count += 1) : space) % 256).map(
        (byte, at) => (at === 1 ? count >> 8 : byte),
      ),
    actor: { name: who, declared: true },
    extensionVersion: '0.1.0',
  };
}

/** A draft of an event with nothing but what is given. */
export function draft(
  type: EventType,
  data: EventDraft['data'] = {},
  itemId = 'item-1',
): EventDraft {
  return { type, itemId, traceId: '', causationId: '', data };
}

/** An open item in a composer of its own. */
export function testItem(id: string, over: Partial<ReviewItem> = {}): ReviewItem {
  const place = { tabId: 1, frameId: 0, documentId: 'd', composerId: `composer-${id}` };
  return anyItem({ id, place, ...over });
}

/** An assessment that found nothing. */
export const testAssessment: Assessment = {
  assessVersion: 1,
  facts: [],
  statements: [],
  signals: [],
  confidence: { state: 'unknown', reason: 'no-token-probabilities' },
  tier: 'low',
  gate: [],
  sourceCount: 0,
};

let databases = 0;

/** A database name of its own for each test. */
export function freshName(): string {
  databases += 1;
  return `test-${databases}`;
}
