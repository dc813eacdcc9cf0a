/** Least time between two looks at a page that keeps changing, in milliseconds. */
const LOOK_EVERY_MS = 400;
/** A look may cost this share of the time at most: a slow page is looked at less often. */
const COST_SHARE = 0.05;
/** Iframes' inner documents change unseen: look this often while the page is visible. */
const TICK_MS = 2000;

/**
 * Calls `look` when the page may have new or other composers: after mutations, in-page navigations and
 * loads of frames, and now and then. However much the page mutates, looks are rare and never stall it.
 * `onMutation` is told of every batch of mutations and must be cheap.
 */
export function watchPage(
  document: Document,
  look: () => void,
  onMutation: () => void,
): () => void {
  const { defaultView: view } = document;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let notBefore = 0;

  const run = () => {
    timer = null;
    const start = performance.now();
    look();
    const end = performance.now();
    notBefore = end + Math.max(LOOK_EVERY_MS, (end - start) / COST_SHARE);
  };
  const soon = () => {
    timer ??= setTimeout(run, Math.max(50, notBefore - performance.now()));
  };
  const observer = new MutationObserver(() => {
    onMutation();
    soon();
  });
  observer.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['class', 'style', 'hidden', 'contenteditable', 'open', 'value'],
  });
  const onNavigated = () => {
    onMutation();
    soon();
  };
  const navigation = view?.navigation;
  navigation?.addEventListener('navigatesuccess', onNavigated);
  // Capture on document: the load of an iframe does not bubble, and never reaches window.
  document.addEventListener('load', soon, true);
  document.addEventListener('change', soon, true);
  const tick = setInterval(() => {
    if (document.visibilityState === 'visible') soon();
  }, TICK_MS);
  soon();

  return () => {
    observer.disconnect();
    navigation?.removeEventListener('navigatesuccess', onNavigated);
    document.removeEventListener('load', soon, true);
    document.removeEventListener('change', soon, true);
    clearInterval(tick);
    if (timer !== null) clearTimeout(timer);
  };
}
