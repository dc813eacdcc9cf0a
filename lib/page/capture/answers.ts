/** Where a site shows AI answers: each one's element, and in it the text (the whole when null). */
export interface AnswerLocator {
  each: string;
  text?: string | null | undefined;
}

/** The page is looked at no more often than this. */
const LOOK_EVERY_MS = 250;
const UNKNOWN_SITE_MS = 1000;

/** An answer that has not changed for this long is as it will stay. */
const SETTLED_MS = 2000;

/** Answers looked at, the newest ones; long chats keep hundreds on screen. */
const MAX_ANSWERS = 50;
const MAX_TEXT = 1_048_576;

interface Seen {
  text: string;
  changedAt: number;
  changes: number;
  /** Nothing more to do until the text changes. */
  done: boolean;
}

/** What the watch asks and tells; texts are as rendered. */
export interface AnswerEars {
  locator(): AnswerLocator | null | undefined;
  /** An answer that stopped growing: true when it is a known output's. */
  shown(text: string): boolean;
  /** True while an answer is under way on the wire. */
  wireBusy(): boolean;
  /** A settled answer of no known output; `streamed`: it grew before our eyes. */
  pageOnly(text: string, streamed: boolean): void;
  badSelector(detail: string): void;
  now(): number;
}

/** Watches the answers on screen, throttled; returns the way to stop. */
export function watchAnswers(document: Document, ears: AnswerEars): () => void {
  const seen = new WeakMap<Element, Seen>();
  const told = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const later = (ms: number) => {
    if (!stopped) timer ??= setTimeout(look, ms);
  };

  /** Looks at one answer; true when it must be looked at again without a change. */
  const lookAt = (element: Element, at: number): boolean => {
    const text = (element.textContent ?? '').slice(0, MAX_TEXT);
    const before = seen.get(element);
    if (before === undefined || before.text !== text) {
      const changes = (before?.changes ?? -1) + 1;
      seen.set(element, { text, changedAt: at, changes, done: false });
      return text !== '';
    }
    if (before.done || text.trim() === '') return false;
    if (ears.shown(text)) {
      before.done = true;
      return false;
    }
    if (ears.wireBusy() || at - before.changedAt < SETTLED_MS) return true;
    before.done = true;
    // A list that draws its rows anew shows the same answer in another element.
    if (told.has(text)) return false;
    if (told.size >= 500) told.clear();
    told.add(text);
    const shown = element instanceof HTMLElement ? element.innerText : text;
    ears.pageOnly(shown.slice(0, MAX_TEXT), before.changes > 1);
    return false;
  };

  const look = () => {
    timer = undefined;
    const locator = ears.locator();
    // The site may become known without any change of the page.
    if (!locator) return later(UNKNOWN_SITE_MS);
    const at = ears.now();
    let again = false;
    try {
      for (const element of [...document.querySelectorAll(locator.each)].slice(-MAX_ANSWERS)) {
        const text = locator.text ? element.querySelector(locator.text) : element;
        if (text !== null && lookAt(text, at)) again = true;
      }
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      ears.badSelector(locator.each);
      return undefined;
    }
    if (again) later(LOOK_EVERY_MS);
    return undefined;
  };

  const observer = new MutationObserver(() => later(LOOK_EVERY_MS));
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  later(LOOK_EVERY_MS);
  return () => {
    stopped = true;
    observer.disconnect();
    clearTimeout(timer);
  };
}
