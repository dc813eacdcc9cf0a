import type { Assessment } from './assessment.ts';
import type { Bound } from './bound.ts';
import type { DecisionRequest, Refusal, Verb } from './decision.ts';
import type { EventType } from './event.ts';
import { unsettledFlags } from './flags.ts';
import type { ItemState, ReviewItem } from './item.ts';
import { heldByOther } from './item-case.ts';
import { OPEN_STATES } from './item.ts';
import type { Policy } from './policy.ts';
import { needsSecondPerson } from './second-person.ts';

/** Who decides, as far as this device knows. */
export interface Decider {
  /** Member id that the collector gave; '' when no collector said who this is, so the name is their own word. */
  id: string;
  name: string;
  role: 'reviewer' | 'lead' | 'admin';
}

/** The state an item is in after each verb, and the event that says so. */
export const AFTER: Readonly<Record<Verb, { state: ItemState; event: EventType }>> = {
  approve: { state: 'approved', event: 'decision.approved' },
  edit: { state: 'approved', event: 'decision.edited' },
  reject: { state: 'rejected', event: 'decision.rejected' },
  'send-back': { state: 'sent-back', event: 'decision.sent-back' },
  escalate: { state: 'escalated', event: 'decision.escalated' },
  defer: { state: 'deferred', event: 'decision.deferred' },
  abstain: { state: 'abstained', event: 'decision.abstained' },
};

const RELEASING: readonly Verb[] = ['approve', 'edit'];
const GIVES_REASON: readonly Verb[] = ['reject', 'send-back'];
/** What can be done with a colleague's draft; it waits for nobody's desk but a lead's. */
const ANSWERS: readonly Verb[] = ['approve', 'edit', 'reject', 'send-back'];

/** What of an item decides which verbs are possible. */
export type Decidable = Pick<ReviewItem, 'kind' | 'state' | 'tier' | 'case'>;

/** Whether a verb would be refused now, and why; what the panel shows before it is pressed. */
export function verbRefusal(item: Decidable, what: Verb, by: Decider): Refusal | null {
  if (!OPEN_STATES.includes(item.state)) return 'already-decided';
  if (item.kind === 'case') {
    if (!ANSWERS.includes(what)) return 'not-for-cases';
    if (by.role === 'reviewer') return 'needs-lead';
  } else if (item.state === 'escalated' && item.case !== undefined) return 'with-leads';
  else if (by.role === 'reviewer') {
    if (item.state === 'escalated' && what !== 'escalate') return 'needs-lead';
    if (item.tier === 'locked' && RELEASING.includes(what)) return 'forbidden-by-tier';
  }
  // A draft at one's own desk has nobody else as its author.
  const author = item.kind === 'case' ? (item.case?.author.id ?? '') : by.id;
  return RELEASING.includes(what) && needsSecondPerson(item.tier, author, by.id)
    ? 'second-person'
    : null;
}

/** Whether the policy wants a reason or note with this verb. */
export function reasonRequired(item: ReviewItem, what: Verb, policy: Policy): boolean {
  if (GIVES_REASON.includes(what)) return true;
  if (what !== 'approve' || item.tier === 'locked') return false;
  return policy.demands[item.tier].reasonRequired;
}

/** A decision that may be recorded, or why it may not. The item is never changed in place. */
export type Transition =
  | { ok: true; next: ReviewItem; event: EventType; repeated: boolean }
  | { ok: false; refusal: Refusal };

/**
 * Takes a decision on what was painted. `shownHash` and `version` must still be the item's own, so that
 * nothing is decided that was not on screen; a repeated `decisionId` is the same decision. `judged` is what
 * is known of the text that would be let go: of an edit the new one, which is asked for what a draft is.
 */
export function decide(
  item: ReviewItem,
  request: DecisionRequest,
  by: Decider,
  policy: Policy,
  at: number,
  judged: Assessment | null = null,
): Transition {
  const after = AFTER[request.verb];
  if (item.decision?.decisionId === request.decisionId)
    return { ok: true, next: item, event: after.event, repeated: true };
  const refused =
    verbRefusal(item, request.verb, by) ??
    (request.verb === 'edit' && judged !== null
      ? verbRefusal({ ...item, tier: judged.tier }, 'edit', by)
      : null);
  if (refused !== null) return { ok: false, refusal: refused };
  if (item.kind === 'case' && heldByOther(item.case, by.id, at) !== null)
    return { ok: false, refusal: 'claimed' };
  if (request.version !== item.version || request.shownHash !== item.boundHash)
    return { ok: false, refusal: 'stale-version' };
  if (
    reasonRequired(item, request.verb, policy) &&
    request.reasons.length === 0 &&
    request.note.trim() === ''
  )
    return { ok: false, refusal: 'reason-required' };
  if (request.verb === 'edit' && (request.editedText ?? '').trim() === '')
    return { ok: false, refusal: 'empty-edit' };
  if (judged !== null && RELEASING.includes(request.verb)) {
    const text = request.verb === 'edit' ? (request.editedText ?? '') : item.draft;
    if (unsettledFlags(text, judged, policy, new Set(request.settled)).length > 0)
      return { ok: false, refusal: 'unsettled-flags' };
  }
  const released: Bound | null = request.verb === 'approve' ? item.bound : null;
  return {
    ok: true,
    repeated: false,
    event: after.event,
    next: {
      ...(item.kind === 'case' ? item : withoutCase(item)),
      state: after.state,
      decision: {
        decisionId: request.decisionId,
        verb: request.verb,
        reasons: request.reasons,
        by: by.name,
        at,
        released,
        releasedHash: released === null ? null : item.boundHash,
        deferUntil: request.verb === 'defer' ? request.deferUntil : null,
      },
      effect: item.kind === 'answer' ? 'none' : 'pending',
      effectDetail: '',
      updatedAt: at,
    },
  };
}

function withoutCase(item: ReviewItem): ReviewItem {
  const { case: _case, ...rest } = item;
  return rest;
}

/** Takes a decision back, as long as nothing was sent: the item waits again. */
export function undo(item: ReviewItem, decisionId: string, at: number): Transition {
  if (item.decision?.decisionId !== decisionId) return { ok: false, refusal: 'not-undoable' };
  // What leads were told, and what they answered, is another device's to act on by now.
  const isTold = item.kind === 'case' || item.case?.answer?.decisionId === decisionId;
  if (item.sent !== null || item.state === 'delivered' || isTold)
    return { ok: false, refusal: 'not-undoable' };
  return {
    ok: true,
    repeated: false,
    event: 'decision.undone',
    next: { ...withoutCase(item), state: 'pending', decision: null, effect: 'none', updatedAt: at },
  };
}
