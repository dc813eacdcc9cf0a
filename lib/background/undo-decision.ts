import { undo } from '../domain/transitions.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Outcome } from './decide-item.ts';
import { recheck } from './carry-out.ts';
import type { Worker } from './worker.ts';
import { decider, envAs } from './worker.ts';

/** Takes a decision back as long as nothing was sent. The undo is an event of its own. */
export async function undoDecision(
  worker: Worker,
  request: { decisionId: string; itemId: string },
): Promise<Outcome> {
  const by = await decider(worker);
  let waiting: ReviewItem | null = null;
  const outcome = await worker.store.commit(envAs(worker, by), async (tx): Promise<Outcome> => {
    const item = await tx.items.get(request.itemId);
    if (item === undefined) return { ok: false, refusal: 'not-found', detail: '' };
    const result = undo(item, request.decisionId, worker.now());
    if (!result.ok) return { ok: false, refusal: result.refusal, detail: '' };
    const effect = await tx.effects.get(request.decisionId);
    // After an edit in the page the range and the checks are of the text before: it is looked at anew.
    const edited = effect?.act === 'replace' && effect.state === 'applied';
    const next = edited ? { ...result.next, boundHash: '' } : result.next;
    await tx.items.put(next);
    const { case: of } = item;
    // In place of an escalation that was not told yet: the collector is asked whether it has it.
    if (of !== undefined)
      await tx.caseOutbox.put({
        caseId: of.caseId,
        itemId: item.id,
        endpoint: of.endpoint,
        act: 'take-back',
        request: '',
      });
    if (effect?.state === 'pending')
      await tx.effects.put({ ...effect, state: 'failed', reason: 'undone' });
    await tx.append({
      type: result.event,
      itemId: item.id,
      traceId: item.traceId,
      causationId: request.decisionId,
      data: { decisionId: request.decisionId },
    });
    waiting = next;
    return { ok: true };
  });
  if (waiting !== null) {
    worker.committed();
    await recheck(worker, waiting);
  }
  return outcome;
}
