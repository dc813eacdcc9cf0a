import type { ComposerSnapshot } from '../domain/composer.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { CallSender } from '../messaging/serve.ts';
import type { Match } from '../provenance/create-index.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { WAITS_ELSEWHERE } from './item-versions.ts';
import type { Worker } from './worker.ts';

/** States in which an item has no more to do with its composer. */
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
export async function itemOf(
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
export async function justSent(
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

/** What a person said is their own writing in this composer. */
export async function ownTextsIn(
  worker: Worker,
  snapshot: ComposerSnapshot,
  sender: CallSender,
): Promise<string[]> {
  const items = await worker.store.itemsByComposer(snapshot.composerId);
  return items
    .filter((item) => item.ownText && isOf(item, snapshot, sender))
    .map((item) => item.draft);
}

/** Whether an item was last seen in this very document. */
export function samePlace(item: ReviewItem, sender: CallSender): boolean {
  const { place } = item;
  return place?.tabId === sender.tabId && place.documentId === sender.documentId;
}
