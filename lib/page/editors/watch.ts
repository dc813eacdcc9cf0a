import { isNativeField, refresh, type EditorHandle } from './handle.ts';

/** How often, in milliseconds, a native field is asked whether a script has set its value. */
const ASK_EVERY = 1000;

/**
 * Calls `onChange` whenever what the composer holds may have changed: typing, the end of a
 * composition, any change of the document below it (models change it without input events), and
 * for native fields a value set by script, noticed within a second while the page is visible.
 * It only tells; reading is the caller's, at its own pace. Returns what ends the watch.
 */
export function watchEditor(handle: EditorHandle, onChange: () => void): () => void {
  if (handle.kind !== 'frame') return watchRoot(handle, onChange);
  let end = watchRoot(handle, onChange);
  // An iframe that loads anew has a new document, and the old one's listeners are deaf.
  const reload = () => {
    const fresh = refresh(handle);
    if (fresh === null) return;
    end();
    end = watchRoot(fresh, onChange);
    onChange();
  };
  handle.element.addEventListener('load', reload);
  return () => {
    handle.element.removeEventListener('load', reload);
    end();
  };
}

function watchRoot(handle: EditorHandle, onChange: () => void): () => void {
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  const tell = () => {
    onChange();
  };
  for (const type of ['input', 'change', 'compositionend']) {
    handle.root.addEventListener(type, tell, options);
  }
  const ends = isNativeField(handle.root)
    ? watchValue(handle.root, tell, options)
    : watchDocument(handle.root, tell);
  return () => {
    stop.abort();
    ends();
  };
}

function watchDocument(root: HTMLElement, tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(root, {
    childList: true,
    characterData: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['href', 'src', 'class', 'style', 'hidden'],
  });
  return () => {
    observer.disconnect();
  };
}

function watchValue(
  field: HTMLTextAreaElement | HTMLInputElement,
  tell: () => void,
  options: AddEventListenerOptions,
): () => void {
  let known = field.value;
  const ask = () => {
    if (field.value === known) return;
    known = field.value;
    tell();
  };
  field.addEventListener('focus', ask, options);
  field.addEventListener('input', () => (known = field.value), options);
  field.form?.addEventListener('reset', () => setTimeout(ask), options);
  const timer = setInterval(() => {
    if (field.ownerDocument.visibilityState === 'visible') ask();
  }, ASK_EVERY);
  return () => {
    clearInterval(timer);
  };
}
