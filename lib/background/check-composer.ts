import type { ComposerSnapshot } from '../domain/composer.ts';
import { draftText } from '../domain/composer.ts';
import { boundHash, canonicalBound } from '../domain/bound.ts';
import type { Verdict } from '../domain/gate.ts';
import type { ReviewItem } from '../domain/item.ts';
import { verdictFor } from '../domain/verdict.ts';
import type { CallSender } from '../messaging/serve.ts';
import type { Match } from '../provenance/create-index.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { movedTo, seenAgain, withdrawn } from './item-versions.ts';
import { carryOut } from './carry-out.ts';
import type { Found } from './item-versions.ts';
import { itemOf, justSent, ownTextsIn, samePlace } from './items-of-composer.ts';
import { assessItem, openItem, saveItem } from './save-item.ts';
import type { Worker } from './worker.ts';
import { ownEnv } from './worker.ts';

/**
 * Says what stands in a composer: a person's own writing (`clear`), or a draft from a known output, which
 * becomes a review item, or a new version of the item that it already is.
 */
export async function checkComposer(
  worker: Worker,
  snapshot: ComposerSnapshot,
  sender: CallSender,
): Promise<Verdict> {
  const hash = boundHash(snapshot.bound);
  const match = await worker.pool.match({
    blocks: snapshot.blocks,
    exclude: [
      ...snapshot.context.map((source) => source.text),
      ...(await ownTextsIn(worker, snapshot, sender)),
    ],
  });
  const result = await worker.store.commit(ownEnv(worker), async (tx) => {
    const existing = await itemOf(tx, snapshot, sender, hash, match);
    if (existing !== null && existing.boundHash === hash) {
      const isHere = samePlace(existing, sender);
      const item = isHere ? existing : movedTo(existing, snapshot, sender, worker.now());
      if (!isHere) await tx.items.put(item);
      const better = match === null ? null : await describe(tx, snapshot, sender, match, hash);
      if (better !== null && comesMoreFrom(better, item))
        return { item: await rematched(worker, tx, item, better), changed: true };
      const looked = await reassessed(worker, tx, item, snapshot);
      return { item: looked.item, changed: looked.changed || !isHere };
    }
    const left = await justSent(worker, tx, snapshot, sender, hash);
    if (left !== null) return { item: left, changed: false };
    if (match === null) return withoutMatch(worker, tx, existing, hash, snapshot);
    const found = await describe(tx, snapshot, sender, match, hash);
    if (existing !== null && existing.outputId === match.outputId) {
      return { item: await changed(worker, tx, existing, found), changed: true };
    }
    if (existing !== null) await withdraw(worker, tx, existing, 'superseded');
    return { item: await openItem(worker, tx, found), changed: true };
  });
  if (result.changed) worker.committed();
  if (result.item !== null) resumeWaiting(worker, result.item);
  return result.item === null ? { state: 'clear', boundHash: hash } : verdictFor(result.item);
}

/** What a lead answered while the draft was on no screen is carried out where it stands now. */
function resumeWaiting(worker: Worker, item: ReviewItem): void {
  const { decision } = item;
  if (item.effect !== 'pending' || decision === null || item.case?.answer == null) return;
  // Not awaited: the page hears of it by a call of its own, and waits for this one meanwhile.
  carryOut(worker, decision.decisionId).catch((error: unknown) =>
    worker.store.addProblem({
      at: worker.now(),
      code: 'effects-failed',
      detail: String(error).slice(0, 500),
    }),
  );
}

/**
 * The same draft beside other sources, as when an app shows its thread late: what is known of it may change,
 * and with it what a person would have to look at, so a changed assessment is a new version.
 */
async function reassessed(
  worker: Worker,
  tx: TrailTx,
  item: ReviewItem,
  snapshot: ComposerSnapshot,
): Promise<{ item: ReviewItem; changed: boolean }> {
  const unchanged = { item, changed: false };
  if (item.state !== 'pending') return unchanged;
  const known = (await tx.sources.get(item.id)).filter((source) => source.kind !== 'citation');
  if (JSON.stringify(known) === JSON.stringify(snapshot.context)) return unchanged;
  const output = (await tx.outputs.get(item.outputId))?.output ?? null;
  const { assessment, sources } = assessItem(worker, item, snapshot.context, output);
  await tx.sources.put(item.id, sources);
  const before = await tx.assessments.get(item.id, item.version);
  if (JSON.stringify(before) === JSON.stringify(assessment)) return unchanged;
  const version = item.version + 1;
  const next = { ...item, version, tier: assessment.tier, updatedAt: worker.now() };
  await tx.items.put(next);
  await tx.assessments.put(item.id, version, assessment);
  return { item: next, changed: true };
}

/** Other content of the same draft: a new version, and an event when it breaks an approval. */
async function changed(
  worker: Worker,
  tx: TrailTx,
  before: ReviewItem,
  found: Found,
): Promise<ReviewItem> {
  const next = seenAgain(before, found, worker.now());
  const item = await saveItem(worker, tx, next, found.snapshot.context, found.output);
  if (before.decision?.released !== null && before.state === 'approved')
    await tx.append({
      type: 'item.changed',
      itemId: item.id,
      traceId: item.traceId,
      causationId: '',
      data: { state: item.state, version: item.version, tier: item.tier },
    });
  return item;
}

/** By how much more of a text has to be known from another output, as a factor: equals stay as they are. */
const MORE = 1.01;

/** Whether the same content has more from this output, as when an answer ends after it was pasted. */
function comesMoreFrom({ match, draft }: Found, item: ReviewItem): boolean {
  const before = item.draft.length * item.matchShare;
  return (
    item.state === 'pending' &&
    match.outputId !== item.outputId &&
    draft.length * match.share > before * MORE
  );
}

/** The same content, now known to come from another output: a new version, and an event that says which. */
async function rematched(
  worker: Worker,
  tx: TrailTx,
  before: ReviewItem,
  found: Found,
): Promise<ReviewItem> {
  const { snapshot, match, output } = found;
  const next = { ...seenAgain(before, found, worker.now()), outputId: match.outputId };
  const item = await saveItem(worker, tx, next, snapshot.context, output);
  const text = await tx.content(item.id, 'output', item.version, output?.text ?? item.draft);
  await tx.append({
    type: 'item.changed',
    itemId: item.id,
    traceId: item.traceId,
    causationId: '',
    data: {
      state: item.state,
      version: item.version,
      tier: item.tier,
      outputId: item.outputId,
      output: { ...text },
      model: output?.model ?? null,
    },
  });
  return item;
}

async function describe(
  tx: TrailTx,
  snapshot: ComposerSnapshot,
  sender: CallSender,
  match: Match,
  hash: string,
): Promise<Found> {
  const output = (await tx.outputs.get(match.outputId))?.output ?? null;
  const draft = draftText(snapshot.blocks, match.range);
  return { snapshot, sender, match, output, draft, hash, bound: canonicalBound(snapshot.bound) };
}

/**
 * The draft is gone from its composer. An edit being written is on its way, so the item waits for it;
 * what was approved and is the person's own text by now is no AI draft any more.
 */
async function withoutMatch(
  worker: Worker,
  tx: TrailTx,
  existing: ReviewItem | null,
  hash: string,
  snapshot: ComposerSnapshot,
): Promise<{ item: ReviewItem | null; changed: boolean }> {
  if (existing === null) return { item: null, changed: false };
  if (existing.effect === 'pending' && existing.decision?.verb === 'edit')
    return { item: { ...existing, boundHash: hash, bound: snapshot.bound }, changed: false };
  if (existing.decision?.releasedHash === hash) {
    const item = { ...existing, boundHash: hash, bound: canonicalBound(snapshot.bound) };
    await tx.items.put(item);
    return { item, changed: true };
  }
  await withdraw(worker, tx, existing, 'withdrawn');
  return { item: null, changed: true };
}

async function withdraw(
  worker: Worker,
  tx: TrailTx,
  item: ReviewItem,
  state: 'withdrawn' | 'superseded',
): Promise<void> {
  await tx.items.put(withdrawn(item, state, worker.now()));
  await tx.append({
    type: 'item.changed',
    itemId: item.id,
    traceId: item.traceId,
    causationId: '',
    data: { state, version: item.version },
  });
}
