import type { ReviewItem } from '../domain/item.ts';
import { OPEN_STATES } from '../domain/item.ts';
import { recheck } from './carry-out.ts';
import type { Outcome } from './decide-item.ts';
import { withdrawn } from './item-versions.ts';
import { isRecordFull } from './pressure.ts';
import type { Worker } from './worker.ts';
import { decider, envAs } from './worker.ts';

/**
 * A person says that a held reply is their own writing. It is let go and recorded; its words are no
 * evidence in this composer from now on, and nowhere once they were sent twice.
 */
export async function releaseHuman(
  worker: Worker,
  request: { decisionId: string; itemId: string; version: number; shownHash: string },
): Promise<Outcome> {
  const by = await decider(worker);
  if (await isRecordFull(worker)) return { ok: false, refusal: 'record-full', detail: '' };
  let released: ReviewItem | null = null;
  const outcome = await worker.store.commit(envAs(worker, by), async (tx): Promise<Outcome> => {
    const item = await tx.items.get(request.itemId);
    if (item === undefined) return { ok: false, refusal: 'not-found', detail: '' };
    if (!OPEN_STATES.includes(item.state))
      return { ok: false, refusal: 'already-decided', detail: '' };
    // What somebody else was asked to decide is not let go by a word of the one who asked.
    if (item.kind === 'case' || item.state === 'escalated')
      return {
        ok: false,
        refusal: item.case === undefined ? 'needs-lead' : 'with-leads',
        detail: '',
      };
    if (item.version !== request.version || item.boundHash !== request.shownHash)
      return { ok: false, refusal: 'stale-version', detail: '' };
    await tx.items.put({ ...withdrawn(item, 'withdrawn', worker.now()), ownText: true });
    const text = await tx.content(item.id, 'draft', item.version, item.draft);
    await tx.append({
      type: 'release.human',
      itemId: item.id,
      traceId: item.traceId,
      causationId: '',
      data: { decisionId: request.decisionId, version: item.version, draft: { ...text } },
    });
    released = item;
    return { ok: true };
  });
  if (released !== null) {
    const item: ReviewItem = released;
    worker.committed();
    await recheck(worker, item);
  }
  return outcome;
}
