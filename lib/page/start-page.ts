import { startCapture } from './capture/start-capture.ts';
import { createAskWorker, pageUrl } from './composer/ask-worker.ts';
import { watchComposers } from './composer/composers.ts';
import { watchPage } from './composer/watch-page.ts';
import type { WatchedComposer } from './composer/watched-composer.ts';
import { createContextReader, type ContextReader } from './context/context-reader.ts';
import { createDelivery } from './delivery/delivery.ts';
import type { PageDeps } from './deps.ts';
import { createEffects } from './effects/apply-effect.ts';
import { highlightQuote } from './effects/highlight.ts';
import { createFormGate } from './gate/form-gate.ts';
import { createGate } from './gate/gate.ts';
import { watchGestures } from './gate/gesture-gate.ts';
import { sayHello, siteHere, siteOf } from './hello.ts';
import { wrongSelectors } from './locate/check-selectors.ts';
import { createPill } from './pill/pill.ts';
import { mostUrgent, pillState, type PillState } from './pill/pill-state.ts';
import { emptyState } from './state.ts';
import { createTell } from './tell.ts';
import { isEnforced } from './world-marks.ts';
import { anyPage } from '../sites/shipped/any-page.ts';
import type { SiteDescription } from '../sites/site-description.ts';

/**
 * Starts the runtime of one frame, at document_start in the isolated world: the gate's listeners stand
 * before any of the page's own. It finds and watches composers, tells the worker of their content,
 * holds Send where the mode says so, shows the pill, carries decisions out and reads deliveries back.
 * Does nothing in frames that are no web page: an editor in such a frame belongs to its parent's runtime.
 * Returns what stops it.
 */
export function startPage(deps: PageDeps): () => void {
  const { document } = globalThis;
  const state = emptyState();
  if (!/^https?:$/u.test(location.protocol)) return () => undefined;

  let claimed: SiteDescription | null = null;
  let claimedAt = 0;
  let path = location.pathname;
  let context: ContextReader | null = null;
  const frames = new Map<Window, () => void>();
  const updatePill = () => showPill();
  const tell = createTell(deps, () => {
    state.invalidated = true;
    for (const one of state.composers.values()) one.trouble = 'invalidated';
    updatePill();
  });

  const ask = createAskWorker(
    deps,
    state,
    () => context,
    document,
    (composer) => {
      if (composer.verdict?.state !== 'item' || composer.verdict.status === 'approved')
        composer.held = composer.trouble === null ? null : composer.held;
      if (composer.trouble === 'silent') watch.retry(composer);
      updatePill();
    },
  );
  const delivery = createDelivery({
    state,
    document,
    now: deps.now,
    report: (read) => tell.surely('delivery.read', read),
  });
  const gate = createGate({
    state,
    document,
    now: deps.now,
    ask,
    onChange: updatePill,
    onProblem: tell.problem,
    report: (seen) => {
      tell.surely('send.seen', { ...seen, sendId: deps.uuid() });
      if (seen.action !== 'hold' && seen.itemId !== null)
        delivery.sent(seen.itemId, seen.bound.text);
    },
  });
  const forms = createFormGate({
    state,
    document,
    now: deps.now,
    gate,
    onBody: delivery.body,
    onChange: updatePill,
  });
  const composers = () => state.composers.values();
  const watch = watchComposers({
    state,
    document,
    ask: (composer) => void ask(composer),
    onChange: updatePill,
    onFound: (composer) => {
      watchFrame(composer);
      // A thread of another page is asked for now, so that it is there before the first draft.
      context?.read(composer.threadKey);
    },
    onTooMany: () => tell.problem('too-many-composers', ''),
  });
  const pill = createPill({
    document,
    now: deps.now,
    onProblem: tell.problem,
    onPress: (pressed) => onPillPress(pressed),
  });
  const effects = createEffects({ state, document, onChange: (composer) => void ask(composer) });

  const showPill = () => {
    const entries = [...composers()].flatMap((composer) => {
      const shown = pillState(composer, state.mode);
      if (shown?.code === 'not-covered') tell.problem('send-not-found', composer.at.id);
      return shown === null ? [] : [{ state: shown, composer }];
    });
    const urgent = mostUrgent(entries);
    pill.show(urgent?.state ?? null, urgent?.composer.handle.element ?? null);
  };

  const onPillPress = (pressed: PillState) => {
    if (pressed.code === 'reload' || pressed.code === 'held-reload') {
      location.reload();
      return;
    }
    tell.now('panel.open', { itemId: pressed.itemId });
    for (const one of composers()) if (one.trouble === 'silent') void ask(one);
  };

  /** Keys and forms of an editor's own frame do not reach this window. */
  const watchFrame = (composer: WatchedComposer) => {
    const view = composer.handle.document.defaultView;
    if (view === null || view === globalThis.window) return;
    frames.get(view)?.();
    const stops = [watchGestures(view, document, composers, gate), forms.watch(view)];
    frames.set(view, () => stops.forEach((stop) => stop()));
  };

  const look = () => {
    if (!state.greeted && isEnforced()) {
      // What is known of the site comes with the hello; until then whatever looks like a reply is held.
      state.mode = 'enforce';
      claimed = anyPage;
    }
    const strict = state.mode === 'enforce';
    const site = siteHere(claimed, document, deps.now() - claimedAt, strict);
    if (site !== state.site) {
      watch.stop();
      state.site = site;
      context =
        site === null
          ? null
          : createContextReader(site, document, () => {
              for (const one of composers()) watch.changed(one);
            });
    }
    watch.rescan();
    // A guess that waits for its elements cannot read yet what was sent.
    if (state.site === claimed) delivery.look();
    if (location.pathname !== path) {
      path = location.pathname;
      hello.again();
    }
  };

  const gateStops = [
    watchGestures(window, document, composers, gate),
    forms.watch(window),
    forms.watchNavigation(navigation),
  ];
  const hello = sayHello(
    deps,
    document,
    (reply) => {
      const site = siteOf(reply);
      if (reply.site !== null && site === null) tell.problem('bad-site', '');
      if (!state.greeted || JSON.stringify(site) !== JSON.stringify(claimed)) {
        claimed = site;
        claimedAt = deps.now();
        for (const wrong of site === null ? [] : wrongSelectors(site, document))
          tell.problem('bad-selector', wrong);
      }
      state.greeted = true;
      state.mode = reply.mode;
      delivery.awaiting(reply.awaiting ?? []);
      look();
    },
    tell.gone,
  );
  const stopWatching = watchPage(document, look, () => context?.invalidate());
  const stopServing = deps.serve({
    'effect.apply': effects,
    'composer.recheck': ({ composerId }) => {
      const composer = state.composers.get(composerId);
      if (composer !== undefined) {
        composer.verdict = null;
        void ask(composer);
      }
      return Promise.resolve({});
    },
    'settings.changed': () => {
      hello.again();
      return Promise.resolve({});
    },
    'page.highlight': ({ quote }) => Promise.resolve({ found: highlightQuote(quote, document) }),
  });

  const stopCapture = startCapture({
    onOutput: (output) =>
      tell.surely('output.captured', { output, pageUrl: pageUrl(document) }, () => {
        // A draft may stand in its composer before the answer that it comes from has ended.
        for (const one of composers()) if (!one.waiting) void ask(one);
      }),
    onProblem: tell.problem,
    answers: () => state.site?.answers,
    now: deps.now,
    uuid: deps.uuid,
    document,
  });

  return () => {
    hello.stop();
    stopWatching();
    stopServing();
    stopCapture();
    watch.stop();
    pill.stop();
    for (const stop of [...gateStops, ...frames.values()]) stop();
  };
}
