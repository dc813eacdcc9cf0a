import { parseJson } from '../../wire/json.ts';
import { readDeclared } from './declared-schema.ts';
import type { DeclaredOutput } from './known-outputs.ts';

const ATTRIBUTE = 'data-countersign-output';
const EVENT = 'countersign:output';
const LOOK_EVERY_MS = 250;
const SETTLED_MS = 2000;
const MAX_ELEMENTS = 50;

/** The wire's word on the same answer may arrive a moment after the app's. */
const WAIT_FOR_WIRE_MS = 300;
const MAX_WAITING = 50;
const MAX_JSON = 2_097_152;

/** What the watch tells; everything in it is the page's claim. */
export interface DeclaredEars {
  said(output: DeclaredOutput): void;
  invalid(detail: string): void;
  now(): number;
}

/** Hears outputs that an app declares by attribute or event (docs/integration.md). */
export function watchDeclared(document: Document, ears: DeclaredEars): () => void {
  const done = new WeakMap<Element, string>();
  const growing = new WeakMap<Element, { raw: string; at: number }>();
  const waiting = new Set<ReturnType<typeof setTimeout>>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (output: DeclaredOutput) => {
    if (waiting.size >= MAX_WAITING) return;
    const wait = setTimeout(() => {
      waiting.delete(wait);
      ears.said(output);
    }, WAIT_FOR_WIRE_MS);
    waiting.add(wait);
  };

  const hear = (event: Event) => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null;
    const value =
      typeof detail === 'string' && detail.length <= MAX_JSON ? parseJson(detail) : undefined;
    const declared = readDeclared(value);
    if (declared === null) ears.invalid('event');
    else if (declared.state === 'said') say(declared.output);
  };

  const later = () => {
    timer ??= setTimeout(look, LOOK_EVERY_MS);
  };

  /** Looks at one element; true when it must be looked at again without a change. */
  const lookAt = (element: Element, at: number): boolean => {
    const value = valueOf(element);
    const raw = JSON.stringify(value) ?? '';
    if (done.get(element) === raw) return false;
    const declared = readDeclared(value);
    if (declared === null) {
      done.set(element, raw);
      // An element that is still empty has not said anything yet.
      if (value !== EMPTY) ears.invalid('attribute');
      return false;
    }
    if (declared.state === 'streaming') return false;
    if (declared.output.finish === 'unknown') {
      const before = growing.get(element);
      if (before?.raw !== raw) growing.set(element, { raw, at });
      if (before?.raw !== raw || at - before.at < SETTLED_MS) return true;
    }
    done.set(element, raw);
    say(declared.output);
    return false;
  };

  const look = () => {
    timer = undefined;
    const at = ears.now();
    const elements = [...document.querySelectorAll(`[${ATTRIBUTE}]`)].slice(-MAX_ELEMENTS);
    if (elements.map((element) => lookAt(element, at)).includes(true)) later();
  };

  const observer = new MutationObserver(later);
  observer.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [
      ATTRIBUTE,
      'data-countersign-state',
      'data-countersign-model',
      'data-countersign-confidence',
      'data-countersign-sources',
    ],
  });
  document.addEventListener(EVENT, hear, true);
  later();
  return () => {
    observer.disconnect();
    document.removeEventListener(EVENT, hear, true);
    clearTimeout(timer);
    for (const wait of waiting) clearTimeout(wait);
  };
}

const EMPTY = Symbol('empty');

/** What an element declares: the attribute's JSON, or its text with the other attributes. */
function valueOf(element: Element): unknown {
  const json = element.getAttribute(ATTRIBUTE) ?? '';
  if (json.trim() !== '') return json.length <= MAX_JSON ? parseJson(json) : undefined;
  const text = element instanceof HTMLElement ? element.innerText : (element.textContent ?? '');
  if (text.trim() === '') return EMPTY;
  const attribute = (name: string) => element.getAttribute(`data-countersign-${name}`) ?? undefined;
  const confidence = attribute('confidence');
  const sources = attribute('sources');
  return {
    text,
    model: attribute('model'),
    confidence: confidence === undefined ? undefined : Number(confidence),
    sources: sources === undefined ? undefined : (parseJson(sources) ?? ''),
    state: attribute('state'),
  };
}
