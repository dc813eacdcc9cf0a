import { policyHash } from '../audit/policy-hash.ts';
import { CANONICAL_RULE } from '../domain/canonical.ts';
import type { Assessment } from '../domain/assessment.ts';
import type { DecisionRequest, Refusal } from '../domain/decision.ts';
import { editShare } from '../domain/edit-share.ts';
import type { Json } from '../domain/event.ts';
import type { ReviewItem } from '../domain/item.ts';
import { decide, type Decider } from '../domain/transitions.ts';
import type { SeenAtDecision } from '../store/seen.ts';
import { StoreUnavailable } from '../store/errors.ts';
import type { EffectRow } from '../store/rows.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { assessEdited } from './assess-draft.ts';
import { carryOut } from './carry-out.ts';
import { handToLeads, isHandedOver } from './cases/hand-to-leads.ts';
import { isRecordFull } from './pressure.ts';
import type { Worker } from './worker.ts';
import { decider, envAs } from './worker.ts';

/** What the panel is told: done, or why not. */
export type Outcome = { ok: true } | { ok: false; refusal: Refusal; detail: string };

/** The act in the page that follows each verb. */
function actOf({ kind }: ReviewItem, request: DecisionRequest): EffectRow['act'] {
  if (kind === 'case') return 'answer-case';
  if (request.verb === 'approve') return 'release';
  if (request.verb === 'edit') return 'replace';
  return request.verb === 'send-back' ? 'return-to-chat' : 'withdraw';
}

async function seenNow(worker: Worker, tx: TrailTx, item: ReviewItem): Promise<SeenAtDecision> {
  return {
    draft: item.draft,
    bound: item.bound,
    assessment: (await tx.assessments.get(item.id, item.version)) ?? null,
    policyVersion: worker.policy.version,
    sources: (await tx.sources.get(item.id)).map(({ id, kind, title, url, internal, author }) => ({
      id,
      kind,
      title,
      url,
      internal,
      author,
    })),
  };
}

/** What is known of the text that the verb would let go: of an edit the new one; null for other verbs. */
async function judged(
  worker: Worker,
  tx: TrailTx,
  item: ReviewItem,
  { verb, editedText }: DecisionRequest,
): Promise<Assessment | null> {
  if (verb === 'approve') return (await tx.assessments.get(item.id, item.version)) ?? null;
  if (verb !== 'edit' || editedText === null) return null;
  return assessEdited(worker, tx, item, editedText);
}

/**
 * Takes a decision: event, item and effect in one durable transaction, then the effect in the page. Record
 * before release: when the trail cannot be written nothing is released. Idempotent per `decisionId`.
 */
export async function decideItem(worker: Worker, request: DecisionRequest): Promise<Outcome> {
  const by = await decider(worker);
  const inForce = await worker.inForce();
  let outcome: Outcome;
  try {
    const releases = request.verb === 'approve' || request.verb === 'edit';
    if (releases && (await isRecordFull(worker)))
      return { ok: false, refusal: 'record-full', detail: '' };
    outcome = await worker.store.commit(envAs(worker, by), async (tx): Promise<Outcome> => {
      const item = await tx.items.get(request.itemId);
      if (item === undefined) return { ok: false, refusal: 'not-found', detail: '' };
      const assessment = await judged(worker, tx, item, request);
      const at = worker.now();
      const result = decide(item, request, by, worker.policy, at, assessment);
      if (!result.ok) return { ok: false, refusal: result.refusal, detail: '' };
      if (result.repeated) return { ok: true };
      const isHanded = request.verb === 'escalate' && isHandedOver(inForce, by);
      const { settings } = inForce;
      const next = isHanded
        ? await handToLeads(tx, result.next, request, by, { settings, at })
        : result.next;
      const edited = request.verb === 'edit' ? assessment : null;
      await tx.items.put(next);
      await tx.append({
        type: result.event,
        itemId: item.id,
        traceId: item.traceId,
        causationId: '',
        data: await decisionData(worker, tx, item, { request, by, edited }),
      });
      if (item.kind !== 'answer') await tx.effects.put(effectOf(item, request, at));
      return { ok: true };
    });
  } catch (error) {
    if (error instanceof StoreUnavailable)
      return { ok: false, refusal: 'not-recorded', detail: error.code };
    throw error;
  }
  if (outcome.ok) {
    worker.committed();
    await carryOut(worker, request.decisionId);
  }
  return outcome;
}

/** What the effect writes: the new draft, what goes back to the chat, or the answer to a case. */
function effectText({ kind, boundHash }: ReviewItem, request: DecisionRequest): string {
  if (kind === 'case')
    return JSON.stringify({
      decisionId: request.decisionId,
      outcome: request.verb,
      reasons: request.reasons,
      note: request.note,
      text: request.verb === 'edit' ? request.editedText : null,
      shownHash: boundHash,
    });
  if (request.verb === 'edit') return request.editedText ?? '';
  return request.verb === 'send-back' ? (request.returnText ?? request.note) : '';
}

function effectOf(item: ReviewItem, request: DecisionRequest, at: number): EffectRow {
  return {
    decisionId: request.decisionId,
    itemId: request.itemId,
    act: actOf(item, request),
    state: 'pending',
    reason: '',
    dropped: [],
    text: effectText(item, request),
    shownHash: request.shownHash,
    at,
  };
}

/**
 * Ids, codes, commitments and counts: no content stands in an event. Tier and rules are those of the text
 * that was decided on: of an edit, the new one.
 */
async function decisionData(
  worker: Worker,
  tx: TrailTx,
  item: ReviewItem,
  { request, by, edited }: { request: DecisionRequest; by: Decider; edited: Assessment | null },
): Promise<{ [key: string]: Json }> {
  const seen = await seenNow(worker, tx, item);
  const text = async (field: string, value: string): Promise<Json> =>
    value === '' ? null : { ...(await tx.content(item.id, field, item.version, value)) };
  return {
    decisionId: request.decisionId,
    version: item.version,
    canonicalRule: CANONICAL_RULE,
    role: by.role,
    member: by.id === '' ? null : by.id,
    caseId: item.case?.caseId ?? null,
    tier: (edited ?? item).tier,
    model: (await tx.outputs.get(item.outputId))?.output.model ?? null,
    outputId: item.outputId,
    draft: await text('draft', item.draft),
    editShare: request.editedText === null ? null : editShare(item.draft, request.editedText),
    edited: await text('edited', request.verb === 'edit' ? (request.editedText ?? '') : ''),
    note: await text('note', request.note),
    seen: { ...(await tx.seen(item.id, item.version, seen)) },
    reasons: request.reasons,
    settled: request.settled?.length ?? 0,
    policyVersion: worker.policy.version,
    policyHash: policyHash(worker.policy),
    rules: ((edited ?? seen.assessment)?.gate ?? []).map((line) => line.ruleId),
    visibleMs: Math.round(request.dwell.visibleMs),
    openMs: Math.round(request.dwell.openMs),
    deferUntil: request.deferUntil,
  };
}
