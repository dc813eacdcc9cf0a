import { contains, getAttribute, matches, querySelectorAll } from './natives.ts';

/** Most elements read for one selector: a page cannot make us walk a million rows. */
export const MAX_FOUND = 500;

/**
 * All elements for a selector, in document order, at most `max`. A selector that the browser
 * cannot parse finds nothing: `selectorWorks` says so once, when the description is taken.
 */
export function findAll(
  root: Document | Element | ShadowRoot,
  selector: string,
  max = MAX_FOUND,
): Element[] {
  try {
    const found =
      root.nodeType === Node.ELEMENT_NODE
        ? querySelectorAll.call(root, selector)
        : root.querySelectorAll(selector);
    return [...found].slice(0, max);
  } catch {
    // Not a selector: same as one that matches nothing.
    return [];
  }
}

/** Whether the browser can parse the selector. */
export function selectorWorks(selector: string, document: Document): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    // The browser's word for "no selector" is an exception.
    return false;
  }
}

/** Whether the element itself matches; false for what is no selector. */
export function is(element: Element, selector: string): boolean {
  try {
    return matches.call(element, selector);
  } catch {
    // Not a selector: it matches nothing.
    return false;
  }
}

/** Whether the element matches or holds one that does. */
export function isOrHolds(element: Element, selector: string): boolean {
  return is(element, selector) || findAll(element, selector).length > 0;
}

/** An attribute, also of a form that has a field named `getAttribute` or `id`. */
export function attribute(element: Element, name: string): string | null {
  return getAttribute.call(element, name);
}

/** Whether `inner` stands in `outer`, whatever fields a form has. */
export function holds(outer: Node, inner: Node): boolean {
  return contains.call(outer, inner);
}

/** Whether a node of an event's path is an element; windows and documents are not. */
export function isElement(target: EventTarget): target is Element {
  return 'nodeType' in target && target.nodeType === Node.ELEMENT_NODE;
}
