import { readComposer } from '../editors/index.ts';
import { attribute } from './query.ts';

const LOCATORS = { signature: null, quote: null };

/** By name, not by instanceof: the element may belong to an iframe or a parsed document. */
function isHtml(element: Element): element is HTMLElement {
  return element.namespaceURI === 'http://www.w3.org/1999/xhtml';
}

/** What a form control holds: its value, or the label of what is chosen; null for other elements. */
function controlText(element: Element): string | null {
  switch (element.localName) {
    case 'select': {
      const chosen = 'selectedOptions' in element ? element.selectedOptions : null;
      if (!isOptions(chosen)) return null;
      return [...chosen].map((option) => option.textContent?.trim() ?? '').join(', ');
    }
    case 'input':
    case 'textarea':
      return controlValue(element);
    default:
      return null;
  }
}

/** The values of all that is chosen in a select; null for other elements. */
export function chosenValues(element: Element): string[] | null {
  const chosen = 'selectedOptions' in element ? element.selectedOptions : null;
  return isOptions(chosen) ? [...chosen].map(controlValue) : null;
}

function isOptions(value: unknown): value is HTMLCollectionOf<Element> {
  return value instanceof HTMLCollection;
}

/** The value of an input, textarea, select or button; for other elements the attribute `value`. */
export function controlValue(element: Element): string {
  if ('value' in element && typeof element.value === 'string') return element.value;
  return attribute(element, 'value') ?? '';
}

/**
 * Text of an element as a reader sees it, line by line, cut at `max` UTF-16 units. `ofPage`: what is
 * hidden in it, and what stands on buttons in it, is no text.
 */
export function textOf(element: Element, max: number, ofPage = true): string {
  const control = controlText(element);
  if (control !== null) return control.slice(0, max);
  if (!isHtml(element)) return (element.textContent ?? '').slice(0, max);
  const document = element.ownerDocument;
  const handle = { kind: 'editable', element, document, root: element } as const;
  const read = readComposer(handle, { ...LOCATORS, ofPage });
  return read.text.slice(0, max).trim();
}

/** A text as one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** One line of at most `max` units: for subjects and keys. */
export function lineOf(element: Element, max: number): string {
  return oneLine(textOf(element, 10 * max)).slice(0, max);
}
