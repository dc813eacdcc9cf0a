import type { ComposerSnapshot } from '../domain/composer.ts';
import { draftText } from '../domain/composer.ts';
import { boundHash, canonicalBound } from '../domain/bound.ts';
import type { Verdict } from '../domain/gate.ts';
import type { ReviewItem } from '../domain/item.ts';
import { verdictFor } from '../domain/verdict.ts';
import type { CallSender } from '../messaging/serve.ts';
import type { Match } from '../provenance/create-index.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { assessDraft } from './assess-draft.ts';
import { WAITS_ELSEWHERE, movedTo, newItem, seenAgain, withdrawn } from './item-versions.ts';
import type { Found } from './item-versions.ts';
import type { Worker } from './worker.ts';
import { ownEnv } from './worker.ts';

/** States in which an item still belongs to its composer. */
const OVER: readonly ReviewItem['state'][] = ['delivered', 'superseded', 'withdrawn'];

/** Whether an item belongs to this composer of this page at all. */
function isOf(item: ReviewItem, snapshot: ComposerSnapshot, sender: CallSender): boolean {
  return (
    item.origin === sender.origin &&
    item.siteId === snapshot.siteId &&
    // Where the site names no ticket, one page's composer reads like another's.
    (snapshot.threadKey !== '' || item.pageUrl === snapshot.pageUrl)
  );
}

/**
 * The item that this composer already has: of this very content, else of the same output, else what stands
 * in it on this tab. What another tab shows, and what waits for somebody else, is not touched by other text.
 */
async function itemOf(
  tx: TrailTx,
  snapshot: ComposerSnapshot,
  sender: CallSender,
  hash: string,
  match: Match | null,
): Promise<ReviewItem | null> {
  const items = (await tx.items.byComposer(snapshot.composerId)).filter(
    (item) =>
      !OVER.includes(item.state) && item.delivery === 'not-sent' && isOf(item, snapshot, sender),
  );
  const inTab = (item: ReviewItem) => item.place?.tabId === sender.tabId;
  const sameOutput = (item: ReviewItem) => match !== null && item.outputId === match.outputId;
  return (
    items.find((item) => item.boundHash === hash && inTab(item)) ??
    items.find((item) => sameOutput(item) && inTab(item)) ??
    items.find(
      (item) => sameOutput(item) && (item.boundHash === hash || item.state !== 'approved'),
    ) ??
    items.find((item) => inTab(item) && !WAITS_ELSEWHERE.includes(item.state)) ??
    null
  );
}

/** How long a report about content that just left may still be on its way, in milliseconds. */
const LATE_REPORT_MS = 10_000;

/** The item that this very content was sent as a moment ago: a late report is no new draft. */
async function justSent(
  worker: Worker,
  tx: TrailTx,
  snapshot: ComposerSnapshot,
  sender: CallSender,
  hash: string,
): Promise<ReviewItem | null> {
  const items = await tx.items.byComposer(snapshot.composerId);
  return (
    items.find(
      (item) =>
        item.boundHash === hash &&
        samePlace(item, sender) &&
        item.sent !== null &&
        worker.now() - item.sent.at < LATE_REPORT_MS,
    ) ?? null
  );
}

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
      const next = seenAgain(existing, found, worker.now());
      await save(worker, tx, next, found, existing);
      return { item: next, changed: true };
    }
    if (existing !== null) await withdraw(worker, tx, existing, 'superseded');
    const item = newItem(worker, found);
    await save(worker, tx, item, found, null);
    return { item, changed: true };
  });
  if (result.changed) worker.committed();
  return result.item === null ? { state: 'clear', boundHash: hash } : verdictFor(result.item);
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
  const { assessment, sources } = assessDraft(worker, {
    draft: item.draft,
    matchShare: item.matchShare,
    context: snapshot.context,
    links: item.bound.links,
    kind: item.sendKind,
    output: (await tx.outputs.get(item.outputId))?.output ?? null,
  });
  await tx.sources.put(item.id, sources);
  const before = await tx.assessments.get(item.id, item.version);
  if (JSON.stringify(before) === JSON.stringify(assessment)) return unchanged;
  const version = item.version + 1;
  const next = { ...item, version, tier: assessment.tier, updatedAt: worker.now() };
  await tx.items.put(next);
  await tx.assessments.put(item.id, version, assessment);
  return { item: next, changed: true };
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
  const { match, output } = found;
  const item = { ...seenAgain(before, found, worker.now()), outputId: match.outputId };
  await save(worker, tx, item, found, before);
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

/** What a person said is their own writing in this composer. */
async function ownTextsIn(
  worker: Worker,
  snapshot: ComposerSnapshot,
  sender: CallSender,
): Promise<string[]> {
  const items = await worker.store.itemsByComposer(snapshot.composerId);
  return items
    .filter((item) => item.ownText && isOf(item, snapshot, sender))
    .map((item) => item.draft);
}

function samePlace(item: ReviewItem, sender: CallSender): boolean {
  const { place } = item;
  return place?.tabId === sender.tabId && place.documentId === sender.documentId;
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

/** Writes an item with its assessment; a new one and one that breaks its approval are events. */
async function save(
  worker: Worker,
  tx: TrailTx,
  item: ReviewItem,
  found: Found,
  before: ReviewItem | null,
): Promise<void> {
  const { output, snapshot, match } = found;
  const { assessment, sources } = assessDraft(worker, {
    draft: item.draft,
    matchShare: match.share,
    context: snapshot.context,
    links: item.bound.links,
    kind: item.sendKind,
    output,
  });
  const assessed = { ...item, tier: assessment.tier };
  Object.assign(item, assessed);
  await tx.items.put(assessed);
  await tx.assessments.put(item.id, item.version, assessment);
  await tx.sources.put(item.id, sources);
  const event = { itemId: item.id, traceId: item.traceId, causationId: '' };
  if (before === null) {
    const text = await tx.content(item.id, 'output', 1, output?.text ?? item.draft);
    await tx.append({
      ...event,
      type: 'item.opened',
      data: {
        outputId: item.outputId,
        output: { ...text },
        model: output?.model ?? null,
        evidence: output?.evidence ?? [],
        threadKey: item.threadKey,
        sendKind: item.sendKind,
        tier: item.tier,
        share: Math.round(match.share * 10_000) / 10_000,
      },
    });
  } else if (before.decision?.released !== null && before.state === 'approved') {
    await tx.append({
      ...event,
      type: 'item.changed',
      data: { state: item.state, version: item.version, tier: item.tier },
    });
  }
}
