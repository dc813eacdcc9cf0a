import type { Assessment, Source } from '../domain/assessment.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { assessDraft } from './assess-draft.ts';
import { newItem, type Found } from './item-versions.ts';
import type { Worker } from './worker.ts';

/** Assesses the draft that an item holds against what the page shows and what its output cites. */
export function assessItem(
  worker: Worker,
  item: ReviewItem,
  context: readonly Source[],
  output: Output | null,
): { assessment: Assessment; sources: Source[] } {
  return assessDraft(worker, {
    draft: item.draft,
    matchShare: item.matchShare,
    context,
    links: item.bound.links,
    kind: item.sendKind,
    output,
  });
}

/** Writes a version of an item with its assessment and sources; gives it with the tier it was found to have. */
export async function saveItem(
  worker: Worker,
  tx: TrailTx,
  version: ReviewItem,
  context: readonly Source[],
  output: Output | null,
): Promise<ReviewItem> {
  const { assessment, sources } = assessItem(worker, version, context, output);
  const item = { ...version, tier: assessment.tier };
  await tx.items.put(item);
  await tx.assessments.put(item.id, item.version, assessment);
  await tx.sources.put(item.id, sources);
  return item;
}

/** Makes a draft that was found an item of its own; the trail keeps what was known of it then. */
export async function openItem(worker: Worker, tx: TrailTx, found: Found): Promise<ReviewItem> {
  const { snapshot, match, output } = found;
  const item = await saveItem(worker, tx, newItem(worker, found), snapshot.context, output);
  const text = await tx.content(item.id, 'output', item.version, output?.text ?? item.draft);
  await tx.append({
    type: 'item.opened',
    itemId: item.id,
    traceId: item.traceId,
    causationId: '',
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
  return item;
}
