import { readComposer } from '../editors/index.ts';
import { attribute } from './query.ts';

const ALL_TEXT = { signature: null, quote: null };

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

function isOptions(value: unknown): value is HTMLCollectionOf<Element> {
  return value instanceof HTMLCollection;
}

/** The value of an input, textarea, select or button; for other elements the attribute `value`. */
export function controlValue(element: Element): string {
  if ('value' in element && typeof element.value === 'string') return element.value;
  return attribute(element, 'value') ?? '';
}

/** Text of an element as a reader sees it, line by line, cut at `max` UTF-16 units. */
export function textOf(element: Element, max: number): string {
  const control = controlText(element);
  if (control !== null) return control.slice(0, max);
  if (!isHtml(element)) return (element.textContent ?? '').slice(0, max);
  const document = element.ownerDocument;
  const read = readComposer({ kind: 'editable', element, document, root: element }, ALL_TEXT);
  return read.text.slice(0, max).trim();
}

/** One line of at most `max` units: for labels, subjects and keys. */
export function lineOf(element: Element, max: number): string {
  return textOf(element, 10 * max)
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, max);
}
