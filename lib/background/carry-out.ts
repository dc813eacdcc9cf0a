import { boundHash, canonicalBound } from '../domain/bound.ts';
import { canonicalText } from '../domain/canonical.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { PageTarget } from '../messaging/client.ts';
import { MessagingError } from '../messaging/errors.ts';
import type { ReplyOf, ToPage } from '../messaging/contracts.ts';
import type { EffectRow } from '../store/rows.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { assessEdited } from './assess-draft.ts';
import { editedInside } from './edited-inside.ts';
import type { Worker } from './worker.ts';
import { ownEnv } from './worker.ts';

/** Longest that writing into an editor may take, in milliseconds. */
const APPLY_DEADLINE_MS = 10_000;

type Applied = ReplyOf<ToPage['effect.apply']>;

/** Where the effect goes: the draft's own frame, or the chat that the output came from. */
async function targetOf(
  worker: Worker,
  item: ReviewItem,
  effect: EffectRow,
): Promise<PageTarget | null> {
  if (effect.act === 'return-to-chat') {
    const output = await worker.store.outputById(item.outputId);
    return output === undefined ? null : { tabId: output.tabId, frameId: 0, documentId: null };
  }
  if (item.place === null) return null;
  const { tabId, frameId, documentId } = item.place;
  return { tabId, frameId, documentId: documentId === '' ? null : documentId };
}

type PageEffect = EffectRow & { act: Exclude<EffectRow['act'], 'answer-case'> };

/** Whether an effect is one in a page: an answer to a case is the collector's to hear. */
const isInPage = (effect: EffectRow): effect is PageEffect => effect.act !== 'answer-case';

async function apply(worker: Worker, item: ReviewItem, effect: PageEffect): Promise<Applied> {
  const failed = (reason: string): Applied => ({
    state: 'failed',
    reason,
    dropped: [],
    bound: null,
  });
  const target = await targetOf(worker, item, effect);
  if (target === null) return failed('gone');
  try {
    return await worker.callPage(
      target,
      'effect.apply',
      {
        decisionId: effect.decisionId,
        itemId: item.id,
        composerId: item.place?.composerId ?? '',
        act: effect.act,
        shownHash: effect.shownHash,
        range: item.range,
        text: effect.text,
      },
      { deadlineMs: APPLY_DEADLINE_MS },
    );
  } catch (error) {
    if (error instanceof MessagingError)
      return failed(error.code === 'no-receiver' ? 'gone' : error.code);
    throw error;
  }
}

/**
 * What an edit left in the composer must be what stood there with the draft replaced; the page alone is not
 * believed. When the content was reported anew meanwhile, as after a wake, only the edit itself is looked for.
 */
function believed(item: ReviewItem, effect: EffectRow, result: Applied): Applied {
  if (effect.act !== 'replace' || result.state !== 'applied') return result;
  const now = result.bound?.text ?? '';
  const holds =
    item.boundHash === effect.shownHash
      ? editedInside({ shown: item.bound.text, draft: item.draft, edited: effect.text, now })
      : canonicalText(now).includes(canonicalText(effect.text));
  return result.bound !== null && holds
    ? result
    : { ...result, state: 'failed', reason: 'model-differs' };
}

function after(item: ReviewItem, effect: EffectRow, result: Applied, at: number): ReviewItem {
  if (item.decision?.decisionId !== effect.decisionId) return item;
  const done = result.state === 'applied';
  const base = { ...item, effect: result.state, effectDetail: result.reason, updatedAt: at };
  if (effect.act === 'replace' && done && result.bound !== null) {
    const bound = canonicalBound(result.bound);
    const releasedHash = boundHash(bound);
    const decision = { ...item.decision, released: bound, releasedHash };
    const version = item.version + 1;
    return { ...base, version, decision, bound, boundHash: releasedHash, draft: effect.text };
  }
  // Nothing was released: the item waits again, so that no approval is left that holds for nothing.
  const releasing = effect.act === 'release' || effect.act === 'replace';
  if (!releasing || done) return base;
  const decision = { ...item.decision, released: null, releasedHash: null };
  return { ...base, state: 'pending', decision };
}

/** Writes the item as the effect left it; a text that an edit put there is a version with checks of its own. */
async function putAfter(
  worker: Worker,
  tx: TrailTx,
  before: ReviewItem,
  item: ReviewItem,
): Promise<void> {
  if (item.version === before.version) return tx.items.put(item);
  const assessment = await assessEdited(worker, tx, item, item.draft);
  await tx.items.put({ ...item, tier: assessment.tier });
  await tx.assessments.put(item.id, item.version, assessment);
}

/**
 * Carries a recorded decision out in the page and records how that went. Safe to repeat: a page applies a
 * decision once, and an effect that is settled is left alone.
 */
export async function carryOut(worker: Worker, decisionId: string): Promise<void> {
  const effect = await worker.store.effect(decisionId);
  if (effect?.state !== 'pending' || !isInPage(effect)) return;
  const item = await worker.store.item(effect.itemId);
  if (item === undefined) return;
  if (effect.act === 'replace')
    await worker.pool.addEdited(item.outputId, decisionId, effect.text, worker.now());
  const result = believed(item, effect, await apply(worker, item, effect));
  // A lead's answer holds until the draft stands on a screen again.
  if (effect.waits === true && result.reason === 'gone') return;
  await worker.store.commit(ownEnv(worker), async (tx) => {
    const current = await tx.effects.get(decisionId);
    const now = await tx.items.get(effect.itemId);
    if (current?.state !== 'pending' || now === undefined) return;
    const { state, reason, dropped } = result;
    await tx.effects.put({ ...current, state, reason, dropped });
    await putAfter(worker, tx, now, after(now, effect, result, worker.now()));
    await tx.append({
      type: state === 'applied' ? 'effect.applied' : 'effect.failed',
      itemId: item.id,
      traceId: item.traceId,
      causationId: decisionId,
      data: { decisionId, act: effect.act, reason, dropped },
    });
  });
  worker.committed();
  await recheck(worker, item);
}

/** Tells the draft's frame that its item changed; a frame that is gone needs no telling. */
export async function recheck(worker: Worker, item: ReviewItem): Promise<void> {
  if (item.place === null) return;
  const { tabId, frameId, documentId, composerId } = item.place;
  const target = { tabId, frameId, documentId: documentId === '' ? null : documentId };
  try {
    await worker.callPage(target, 'composer.recheck', { composerId });
  } catch (error) {
    if (!(error instanceof MessagingError)) throw error;
  }
}

/** After a wake: every decision that was recorded and not carried out is carried out now. */
export async function resumeEffects(worker: Worker): Promise<void> {
  for (const effect of await worker.store.effectsIn('pending'))
    await carryOut(worker, effect.decisionId);
}
