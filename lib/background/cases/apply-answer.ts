import type { Bound } from '../../domain/bound.ts';
import type { ItemCase } from '../../domain/item-case.ts';
import type { ReviewItem } from '../../domain/item.ts';
import { needsSecondPerson } from '../../domain/second-person.ts';
import { AFTER } from '../../domain/transitions.ts';
import type { CaseReply } from '../../protocol/case.ts';
import type { Me } from '../../settings/team-store.ts';
import type { EffectRow } from '../../store/rows.ts';
import { asKnown } from './known-case.ts';
import { carryOut } from '../carry-out.ts';
import type { Worker } from '../worker.ts';
import { ownEnv } from '../worker.ts';

type Answer = NonNullable<CaseReply['resolution']>;
type Refused = NonNullable<ItemCase['answer']>['refused'];

const ACTS = {
  approve: 'release',
  edit: 'replace',
  reject: 'withdraw',
  'send-back': 'return-to-chat',
} as const satisfies Record<Answer['outcome'], EffectRow['act']>;

/** Why an answer does nothing here: it was given to another text, or by somebody who may not. */
function whyNot(item: ReviewItem, answer: Answer, me: Me): Refused {
  const releases = answer.outcome === 'approve' || answer.outcome === 'edit';
  if (answer.shownHash !== item.case?.shownHash) return 'other-text';
  if (!releases) return '';
  if (needsSecondPerson(item.tier, me.member.id, answer.by)) return 'second-person';
  return item.boundHash === answer.shownHash ? '' : 'changed';
}

/**
 * Takes what leads answered to an escalation of this device: event, item and effect in one transaction, then
 * the effect in the page. Exactly the text that was handed over is released, or exactly the lead's; when the
 * draft is another by now nothing is, and the item waits for its author again. An answer is taken once.
 */
export async function applyAnswer(
  worker: Worker,
  reply: CaseReply,
  endpoint: string,
  me: Me,
): Promise<void> {
  const { case: head, resolution } = reply;
  const isTaken = await worker.store.commit(ownEnv(worker), async (tx) => {
    const item = await tx.items.get(head.itemId);
    // Taken back, or decided since: the answer came too late, and the collector's log has it.
    const waits = item?.state === 'escalated' && item.decision?.decisionId === head.id;
    if (item?.case?.caseId !== head.id || !waits) return false;
    const { shownHash, note } = item.case;
    const heard = { ...asKnown(reply, endpoint), shownHash, note };
    const at = worker.now();
    if (resolution === null || heard.answer === null) {
      await tx.items.put({ ...item, case: heard });
      return false;
    }
    const refused = whyNot(item, resolution, me);
    const taken = { ...heard, answer: { ...heard.answer, refused } };
    const effect = refused === '' && item.kind === 'draft' ? effectOf(item, resolution, at) : null;
    await tx.items.put(
      refused === ''
        ? decided(item, resolution, taken, at)
        : { ...item, state: 'pending', decision: null, effect: 'none', case: taken, updatedAt: at },
    );
    if (effect !== null) await tx.effects.put(effect);
    const text = async (field: string, value: string) =>
      value === '' ? null : { ...(await tx.content(item.id, field, item.version, value)) };
    await tx.append({
      type: 'case.applied',
      itemId: item.id,
      traceId: item.traceId,
      causationId: head.id,
      data: {
        caseId: head.id,
        decisionId: resolution.decisionId,
        outcome: resolution.outcome,
        by: resolution.by,
        refused,
        tier: item.tier,
        reasons: resolution.reasons,
        edited: await text('edited', resolution.text ?? ''),
        note: await text('note', resolution.note),
      },
    });
    return effect !== null;
  });
  worker.committed();
  if (isTaken && resolution !== null) await carryOut(worker, resolution.decisionId);
}

function decided(item: ReviewItem, answer: Answer, of: ItemCase, at: number): ReviewItem {
  const released: Bound | null = answer.outcome === 'approve' ? item.bound : null;
  return {
    ...item,
    case: of,
    state: AFTER[answer.outcome].state,
    decision: {
      decisionId: answer.decisionId,
      verb: answer.outcome,
      reasons: answer.reasons,
      by: of.answer?.by.name ?? '',
      at,
      released,
      releasedHash: released === null ? null : item.boundHash,
      deferUntil: null,
    },
    effect: item.kind === 'draft' ? 'pending' : 'none',
    effectDetail: '',
    updatedAt: at,
  };
}

function effectOf(item: ReviewItem, answer: Answer, at: number): EffectRow {
  const returned = [...answer.reasons, answer.note].filter((part) => part !== '').join('\n');
  return {
    decisionId: answer.decisionId,
    itemId: item.id,
    act: ACTS[answer.outcome],
    state: 'pending',
    reason: '',
    dropped: [],
    text: answer.outcome === 'send-back' ? returned : (answer.text ?? ''),
    shownHash: answer.shownHash,
    at,
    waits: true,
  };
}
