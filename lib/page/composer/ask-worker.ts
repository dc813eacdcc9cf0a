import { isEmptyBound } from '../../domain/bound.ts';
import type { ComposerSnapshot } from '../../domain/composer.ts';
import { MessagingError } from '../../messaging/errors.ts';
import { valueFrom } from '../locate/value-from.ts';
import type { ContextReader } from '../context/context-reader.ts';
import type { PageDeps } from '../deps.ts';
import type { PageState } from '../state.ts';
import { readBound, type BoundRead } from './read-bound.ts';
import type { WatchedComposer } from './watched-composer.ts';

/** How long a press of Send waits for the worker, in milliseconds. */
export const PRESS_DEADLINE_MS = 2000;

/** The address without query and fragment: they may carry secrets. */
export function pageUrl(document: Document): string {
  const { origin, pathname } = document.location;
  return `${origin}${pathname}`.slice(0, 2000);
}

function snapshot(
  composer: WatchedComposer,
  read: BoundRead,
  siteId: string,
  context: ContextReader,
  document: Document,
): ComposerSnapshot {
  const { at, id, threadKey } = composer;
  return {
    composerId: id,
    siteId,
    threadKey,
    subject: valueFrom(at.subject, document, 500) || document.title.slice(0, 500),
    pageUrl: pageUrl(document),
    bound: read.bound,
    blocks: read.blocks,
    context: context.read(threadKey),
  };
}

/** Asks the worker about a composer's content and keeps the answer. */
export type AskWorker = (composer: WatchedComposer, deadlineMs?: number) => Promise<void>;

/**
 * `ask` never rejects: an answer stands in `composer.verdict`, the lack of one in `composer.trouble`.
 * Of two questions under way only the later one's answer counts.
 */
export function createAskWorker(
  deps: PageDeps,
  state: PageState,
  context: () => ContextReader | null,
  document: Document,
  onAnswer: (composer: WatchedComposer) => void,
): AskWorker {
  const latest = new WeakMap<WatchedComposer, number>();

  return async (composer, deadlineMs) => {
    const reader = context();
    if (state.site === null || reader === null) return;
    const turn = (latest.get(composer) ?? 0) + 1;
    latest.set(composer, turn);
    const read = readBound(composer, document);
    composer.seenHash = read.hash;
    if (read.tooLong) {
      composer.trouble = 'too-long';
      onAnswer(composer);
      return;
    }
    if (isEmptyBound(read.bound) && composer.verdict?.state !== 'item') {
      // Nothing would be sent and nothing was: the worker need not hear of it.
      composer.verdict = { state: 'clear', boundHash: read.hash };
      composer.trouble = null;
      onAnswer(composer);
      return;
    }
    if (!state.greeted) {
      // Which site this is, and so what to ask, is not known yet: a press is held, nothing else is said.
      if (deadlineMs !== undefined) composer.trouble = 'silent';
      return;
    }
    try {
      const request = snapshot(composer, read, state.site.id, reader, document);
      const options = deadlineMs === undefined ? {} : { deadlineMs };
      const verdict = await deps.call('composer.changed', request, options);
      if (latest.get(composer) !== turn) return;
      composer.verdict = verdict;
      composer.trouble = null;
    } catch (error) {
      if (latest.get(composer) !== turn) return;
      const invalidated = error instanceof MessagingError && error.code === 'invalidated';
      if (invalidated) state.invalidated = true;
      composer.trouble = invalidated ? 'invalidated' : 'silent';
    }
    onAnswer(composer);
  };
}
