import type { ComposerAt } from '../../sites/site-parts.ts';
import { findAll, holds } from './query.ts';

/** By name, not by instanceof: the form may belong to an iframe's realm. */
export function isForm(node: unknown): node is HTMLFormElement {
  return (
    typeof node === 'object' && node !== null && 'localName' in node && node.localName === 'form'
  );
}

/** The element around which a composer's form and controls stand: the iframe for a framed editor. */
function outer(element: Element): Element {
  return element.ownerDocument.defaultView?.frameElement ?? element;
}

/** The form that carries a composer's text: the declared one, else the one around the editor. */
export function formOf(at: ComposerAt, element: Element): HTMLFormElement | null {
  const place = outer(element);
  if (at.form !== undefined) {
    const declared = findAll(place.ownerDocument, at.form).filter(isForm);
    return declared.find((form) => holds(form, place)) ?? declared[0] ?? null;
  }
  if ('form' in place && isForm(place.form)) return place.form;
  const around = place.closest('form');
  return around;
}
