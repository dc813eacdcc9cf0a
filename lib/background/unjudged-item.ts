import { boundHash, canonicalBound } from '../domain/bound.ts';
import { draftText, type ComposerBlock } from '../domain/composer.ts';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import type { CallSender } from '../messaging/serve.ts';
import type { Match } from '../provenance/create-index.ts';
import { readCustomSites } from '../sites/custom-sites.ts';
import { siteFor } from '../sites/registry.ts';
import type { TrailTx } from '../store/trail-tx.ts';
import { openItem } from './save-item.ts';
import type { Worker } from './worker.ts';

/** A reply that left before the worker could say what it is, and is known to come from an output. */
export interface Unjudged {
  seen: RequestOf<ToWorker['send.seen']>;
  sender: CallSender;
  blocks: readonly ComposerBlock[];
  match: Match;
  siteId: string;
}

/** How long after a send the same content from the same place is the same send, in milliseconds. */
const SAME_SEND_MS = 10_000;

/** Knows such a reply by the outputs; null for a person's own writing, also for what they said is theirs. */
export async function findUnjudged(
  worker: Worker,
  seen: Unjudged['seen'],
  sender: CallSender,
): Promise<Unjudged | null> {
  const blocks = seen.bound.text.split('\n').map((text): ComposerBlock => ({ text, role: 'body' }));
  const items = await worker.store.itemsByComposer(seen.composerId);
  const own = items.filter((item) => item.ownText && item.origin === sender.origin);
  const match = await worker.pool.match({ blocks, exclude: own.map((item) => item.draft) });
  if (match === null) return null;
  const { customSites } = await worker.settings();
  const site = siteFor(`${sender.origin}/`, readCustomSites(customSites).sites);
  return { seen, sender, blocks, match, siteId: site?.id ?? '' };
}

/**
 * The item of a reply that left unjudged: the one its composer has, else a new one that nobody decided.
 * Null when this very send is recorded already. Call it in the commit that records the send.
 */
export async function unjudgedItem(
  worker: Worker,
  tx: TrailTx,
  { seen, sender, blocks, match, siteId }: Unjudged,
): Promise<string | null> {
  const hash = boundHash(seen.bound);
  const here = (await tx.items.byComposer(seen.composerId)).filter(
    (item) => item.origin === sender.origin && item.place?.tabId === sender.tabId,
  );
  const recorded = here.some(
    ({ boundHash: had, sent }) =>
      had === hash && sent !== null && worker.now() - sent.at < SAME_SEND_MS,
  );
  if (recorded) return null;
  const waiting = here.find(
    (item) =>
      item.outputId === match.outputId &&
      item.sent === null &&
      item.state !== 'superseded' &&
      item.state !== 'withdrawn',
  );
  if (waiting !== undefined) return waiting.id;
  const output = (await tx.outputs.get(match.outputId))?.output ?? null;
  const draft = draftText(blocks, match.range);
  // What the page said of this composer before is all that is known of it: nothing came with the send.
  const snapshot = {
    composerId: seen.composerId,
    siteId: here[0]?.siteId ?? siteId,
    threadKey: here[0]?.threadKey ?? '',
    subject: here[0]?.subject ?? '',
    pageUrl: here[0]?.pageUrl ?? `${sender.origin}/`,
    bound: seen.bound,
    blocks: [...blocks],
    context: [],
  };
  const bound = canonicalBound(seen.bound);
  const item = await openItem(worker, tx, { snapshot, sender, match, output, draft, hash, bound });
  return item.id;
}
