import type { ItemCase } from '../domain/item-case.ts';
import type { ReviewItem } from '../domain/item.ts';

/** How a case stands, for the line that says so. Times in milliseconds since 1970. */
export type CaseStanding =
  /** Not at the collector yet. */
  | { state: 'sending' }
  /** Refused for good; a code says why. */
  | { state: 'refused'; code: string }
  | { state: 'waiting' | 'mine' }
  | { state: 'held'; by: string; until: number }
  /** Decided by a lead; `waits`: it takes effect once the draft is open again. */
  | { state: 'answered'; by: string; outcome: Outcome; waits: boolean }
  | {
      state: 'not-taken';
      by: string;
      outcome: Outcome;
      why: 'changed' | 'other-text' | 'second-person';
    }
  /** This person's answer is on its way, is there, or came too late. */
  | { state: 'answering' | 'told' }
  | { state: 'overtaken'; by: string; outcome: Outcome }
  | { state: 'failed'; code: string }
  | { state: 'taken-back' };

type Outcome = NonNullable<ItemCase['answer']>['outcome'];

/** What is to be said of an item's case at `now`; null for an item that has none. `me` is the member's id. */
export function caseStanding(item: ReviewItem, me: string, now: number): CaseStanding | null {
  const of = item.case;
  if (of === undefined) return null;
  if (item.kind === 'case') return colleagues(item, of, me, now);
  if (of.problem !== '') return { state: 'refused', code: of.problem };
  if (of.answer !== null) {
    const { outcome, refused, by } = of.answer;
    if (refused !== '') return { state: 'not-taken', by: by.name, outcome, why: refused };
    return { state: 'answered', by: by.name, outcome, waits: item.effect === 'pending' };
  }
  if (of.version === 0) return { state: 'sending' };
  return open(of, me, now);
}

function colleagues(item: ReviewItem, of: ItemCase, me: string, now: number): CaseStanding {
  if (item.state === 'superseded' && of.answer !== null)
    return { state: 'overtaken', by: of.answer.by.name, outcome: of.answer.outcome };
  if (item.state === 'withdrawn') return { state: 'taken-back' };
  if (item.state !== 'pending') return { state: item.effect === 'pending' ? 'answering' : 'told' };
  if (item.effect === 'failed') return { state: 'failed', code: item.effectDetail };
  return open(of, me, now);
}

function open({ holder, heldUntil }: ItemCase, me: string, now: number): CaseStanding {
  if (holder === null || (heldUntil ?? 0) <= now) return { state: 'waiting' };
  return holder.id === me
    ? { state: 'mine' }
    : { state: 'held', by: holder.name, until: heldUntil ?? now };
}
