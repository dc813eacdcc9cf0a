import { anyPage } from '../../sites/shipped/any-page.ts';
import type { SiteDescription } from '../../sites/site-description.ts';
import { isLive, watchEditor } from '../editors/index.ts';
import { findComposers, mostInUse, type FoundComposer } from '../locate/find-composers.ts';
import { formOf } from '../locate/form-of.ts';
import { sendControls } from '../locate/send-controls.ts';
import { valueFrom } from '../locate/value-from.ts';
import type { PageState } from '../state.ts';
import { readBound, readParts } from './read-bound.ts';
import { composerId, type WatchedComposer } from './watched-composer.ts';

/** A composer's content is asked about this long after its last change, in milliseconds. */
export const SETTLE_MS = 250;
/** For how long the content of a page that still loads is not asked about, in ms since its start. */
const LOADING_MS = 5000;
/** A worker that did not answer is asked again after these waits; the last one repeats. */
const RETRY_MS = [1000, 2000, 5000, 15_000];

export interface ComposerWatch {
  /** Looks for composers again; keeps those that are still there. */
  rescan(): void;
  /** Content changed: ask about it when it has settled. */
  changed(composer: WatchedComposer): void;
  /** The worker did not answer: ask again later. */
  retry(composer: WatchedComposer): void;
  stop(): void;
}

/** Finds the page's composers and keeps watching them. */
export function watchComposers(options: {
  state: PageState;
  document: Document;
  ask: (composer: WatchedComposer) => void;
  /** A composer came, went or was touched. */
  onChange: () => void;
  /** A new composer: its frame may need listeners. */
  onFound: (composer: WatchedComposer) => void;
  /** The page has more composers than are watched at a time. */
  onTooMany: () => void;
}): ComposerWatch {
  const { state, document, ask, onChange, onFound, onTooMany } = options;
  const timers = new Map<WatchedComposer, ReturnType<typeof setTimeout>>();
  const tries = new WeakMap<WatchedComposer, number>();
  const usedAt = new WeakMap<Node, number>();
  let crowded = false;

  const later = (composer: WatchedComposer, ms: number) => {
    clearTimeout(timers.get(composer));
    timers.set(
      composer,
      setTimeout(() => {
        timers.delete(composer);
        // What stands there while a page loads is not what its person sees: rich editors are on their way.
        if (document.readyState !== 'complete' && performance.now() < LOADING_MS)
          return later(composer, SETTLE_MS);
        // A press that waits has asked already; a second question would outdate its answer.
        if (state.composers.get(composer.id) === composer && !composer.waiting) ask(composer);
      }, ms),
    );
  };

  const changed = (composer: WatchedComposer) => {
    if (composer.writing !== null) return;
    composer.held = null;
    tries.delete(composer);
    later(composer, SETTLE_MS);
    onChange();
  };

  const noticed = (composer: WatchedComposer) => {
    // The press that was held has asked about this very content: why it was held is still said.
    if (composer.held === null || readBound(composer, document).hash !== composer.seenHash)
      changed(composer);
  };

  const add = (found: FoundComposer, id: string, threadKey: string): WatchedComposer => {
    const { at, handle } = found;
    const composer: WatchedComposer = {
      id,
      at,
      handle,
      threadKey,
      verdict: null,
      seenHash: '',
      trouble: null,
      waiting: false,
      held: null,
      writing: null,
      uncovered: false,
      partsSeen: '',
      stop: () => {
        unwatch();
        clearTimeout(timers.get(composer));
        timers.delete(composer);
      },
    };
    const unwatch = watchEditor(handle, () => noticed(composer));
    state.composers.set(id, composer);
    onFound(composer);
    later(composer, SETTLE_MS);
    return composer;
  };

  const refresh = (composer: WatchedComposer) => {
    const { at } = composer;
    // Keys alone cover a composer where a description says so; on any page they are a guess.
    composer.uncovered =
      (at.keys.length === 0 || anyPage.composers.includes(at)) &&
      sendControls(composer.at, document).length === 0 &&
      formOf(composer.at, composer.handle.element) === null;
    const parts = readParts(composer.at, document);
    if (composer.partsSeen !== '' && composer.partsSeen !== parts) noticed(composer);
    composer.partsSeen = parts;
  };

  const rescan = (site: SiteDescription) => {
    const seen = new Set<string>();
    const all = findComposers(site, document).filter(({ at }) => at.to === 'person');
    const watched = mostInUse(all, usedAt);
    crowded = watched.length < all.length;
    if (crowded) onTooMany();
    for (const found of watched) {
      const threadKey = valueFrom(found.at.threadKey, document, 200);
      const id = composerId(found.at, threadKey, found.position, document.location.href);
      const known = state.composers.get(id);
      seen.add(id);
      const same = known?.handle.root === found.handle.root && isLive(known.handle);
      if (!same) known?.stop();
      refresh(same ? known : add(found, id, threadKey));
    }
    for (const [id, composer] of state.composers) {
      if (seen.has(id)) continue;
      composer.stop();
      state.composers.delete(id);
    }
  };

  const look = () => {
    if (state.site === null) return;
    rescan(state.site);
    onChange();
  };
  // Where not all can be watched, the one in use is from its first moment on.
  const onFocus = () => {
    if (crowded) look();
  };
  document.addEventListener('focusin', onFocus, true);

  return {
    rescan: look,
    changed,
    retry(composer) {
      const count = tries.get(composer) ?? 0;
      tries.set(composer, count + 1);
      later(composer, RETRY_MS[Math.min(count, RETRY_MS.length - 1)] ?? 15_000);
    },
    stop() {
      for (const composer of state.composers.values()) composer.stop();
      state.composers.clear();
      crowded = false;
    },
  };
}
