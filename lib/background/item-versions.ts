import type { Bound } from '../domain/bound.ts';
import type { ComposerSnapshot } from '../domain/composer.ts';
import type { ItemPlace, ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { CallSender } from '../messaging/serve.ts';
import type { Match } from '../provenance/create-index.ts';
import type { Worker } from './worker.ts';

/** A draft found in a composer. */
export interface Found {
  snapshot: ComposerSnapshot;
  sender: CallSender;
  match: Match;
  output: Output | null;
  draft: string;
  bound: Bound;
  hash: string;
}

function placeOf(snapshot: ComposerSnapshot, sender: CallSender): ItemPlace {
  const { tabId, frameId, documentId } = sender;
  return { tabId, frameId, documentId, composerId: snapshot.composerId };
}

function contentOf(found: Found) {
  return {
    bound: found.bound,
    boundHash: found.hash,
    sendKind: found.bound.kind,
    range: found.match.range,
    draft: found.draft,
    matchShare: found.match.share,
    place: placeOf(found.snapshot, found.sender),
  };
}

/** A draft seen for the first time. */
export function newItem(worker: Worker, found: Found): ReviewItem {
  const { snapshot, sender, match } = found;
  const at = worker.now();
  return {
    id: worker.uuid(),
    kind: 'draft',
    siteId: snapshot.siteId,
    origin: sender.origin,
    threadKey: snapshot.threadKey,
    subject: snapshot.subject,
    pageUrl: snapshot.pageUrl,
    state: 'pending',
    tier: 'low',
    traceId: worker.traceId(),
    outputId: match.outputId,
    version: 1,
    ...contentOf(found),
    decision: null,
    effect: 'none',
    effectDetail: '',
    delivery: 'not-sent',
    sent: null,
    ownText: false,
    lastSend: '',
    createdAt: at,
    updatedAt: at,
  };
}

/** States that no change of the text ends: somebody else, or a later hour, decides. */
export const WAITS_ELSEWHERE: readonly ReviewItem['state'][] = ['escalated', 'deferred'];

/** The same draft in another document, as after a reload. */
export function movedTo(
  item: ReviewItem,
  snapshot: ComposerSnapshot,
  sender: CallSender,
  at: number,
): ReviewItem {
  return { ...item, place: placeOf(snapshot, sender), updatedAt: at };
}

/**
 * The same draft with other content. A decision holds for what was decided: other content waits again, with
 * the decision kept so that the difference can be shown.
 */
export function seenAgain(item: ReviewItem, found: Found, at: number): ReviewItem {
  const writing = item.effect === 'pending' && item.decision?.verb === 'edit';
  const released = item.decision?.releasedHash === found.hash;
  const state =
    writing || WAITS_ELSEWHERE.includes(item.state)
      ? item.state
      : released
        ? 'approved'
        : 'pending';
  return {
    ...item,
    ...contentOf(found),
    state,
    version: item.version + 1,
    subject: found.snapshot.subject === '' ? item.subject : found.snapshot.subject,
    updatedAt: at,
  };
}

/** An item whose draft is no longer there to be decided. */
export function withdrawn(
  item: ReviewItem,
  state: 'withdrawn' | 'superseded',
  at: number,
): ReviewItem {
  return { ...item, state, updatedAt: at };
}
