import type { ReviewItem } from '../../domain/item.ts';
import { heldByOther } from '../../domain/item-case.ts';
import { resolveRequest, type CaseReply } from '../../protocol/case.ts';
import type { EffectRow } from '../../store/rows.ts';
import type { CaseClient } from '../../sync/case-client.ts';
import type { Failure } from '../../sync/problems.ts';
import { failureOf } from '../../sync/pull.ts';
import { asKnown } from './known-case.ts';
import type { Worker } from '../worker.ts';
import { ownEnv } from '../worker.ts';

/** Times that an answer is told again because only the claim changed. */
const MAX_TRIES = 5;

/**
 * Tells the collector what this person answered to a case. The first answer wins; of the other both logs keep
 * the decision, and here it is said who was faster. Null when nothing is left to tell.
 */
export async function tellAnswer(
  worker: Worker,
  client: CaseClient,
  { me, endpoint }: { me: string; endpoint: string },
  effect: EffectRow,
): Promise<Failure | null> {
  const item = await worker.store.item(effect.itemId);
  const body = resolveRequest.safeParse(JSON.parse(effect.text));
  if (item?.case === undefined || !body.success) {
    await finish(worker, effect, 'failed', 'not-found', null);
    return null;
  }
  // Of another collector: it waits until that one is set again.
  if (item.case.endpoint !== endpoint) return null;
  const { caseId } = item.case;
  let { version } = item.case;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const told = await client.act(caseId, 'resolve', version, body.data);
    if (told.ok) {
      await finish(worker, effect, 'applied', '', null);
      return null;
    }
    if (told.refused === null || told.refused === 'unauthenticated') return failureOf(told);
    const read = await client.read(caseId);
    if (!read.ok && read.refused === null) return failureOf(read);
    const reply = read.ok ? read.value : null;
    const isOpen = reply !== null && !['resolved', 'taken-back'].includes(reply.case.status);
    const next = reply === null ? item.case : asKnown(reply, endpoint);
    const isFree = isOpen && heldByOther(next, me, 0) === null;
    if (told.refused === 'changed' && isFree && reply !== null) {
      version = reply.case.version;
      continue;
    }
    const reason = isOpen ? told.refused : reply === null ? 'not-found' : reply.case.status;
    await finish(worker, effect, 'failed', reason, reply);
    return null;
  }
  return { code: 'http', detail: 'changed', retryAfter: null };
}

/** Writes down what became of an answer: done, overtaken, or open again because it was refused. */
async function finish(
  worker: Worker,
  effect: EffectRow,
  state: 'applied' | 'failed',
  reason: string,
  reply: CaseReply | null,
): Promise<void> {
  await worker.store.commit(ownEnv(worker), async (tx) => {
    const [item, now] = [
      await tx.items.get(effect.itemId),
      await tx.effects.get(effect.decisionId),
    ];
    if (item === undefined || now?.state !== 'pending') return;
    await tx.effects.put({ ...now, state, reason });
    const known =
      reply === null || item.case === undefined ? item.case : asKnown(reply, item.case.endpoint);
    const isOver = reason === 'resolved' || reason === 'taken-back' || reason === 'not-found';
    const base: ReviewItem = {
      ...item,
      ...(known === undefined ? {} : { case: known }),
      effect: state,
      effectDetail: reason,
      updatedAt: worker.now(),
    };
    const next: ReviewItem =
      state === 'applied'
        ? base
        : isOver
          ? { ...base, state: reason === 'resolved' ? 'superseded' : 'withdrawn' }
          : { ...base, state: 'pending', decision: null };
    await tx.items.put(next);
    await tx.append({
      type: isOver && state === 'failed' ? 'case.superseded' : `effect.${state}`,
      itemId: item.id,
      traceId: item.traceId,
      causationId: effect.decisionId,
      data: {
        decisionId: effect.decisionId,
        act: effect.act,
        reason,
        caseId: item.case?.caseId ?? '',
        by: known?.answer?.by.id ?? null,
        outcome: known?.answer?.outcome ?? null,
        winner: known?.answer?.decisionId ?? null,
      },
    });
  });
  worker.committed();
}
