import { readComposer } from '../editors/index.ts';
import { findAll } from './query.ts';

const LOCATORS = { signature: null, quote: null };

/** A parsed page has no styles to say that these keep their line breaks. */
function breakLines(root: Element): void {
  for (const pre of findAll(root, 'pre')) {
    const walker = root.ownerDocument.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
    const texts: Node[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) texts.push(node);
    for (const text of texts) {
      const lines = (text.nodeValue ?? '').split('\n');
      const parts = lines.flatMap((line, index) =>
        index === 0 ? [line] : [root.ownerDocument.createElement('br'), line],
      );
      text.parentElement?.replaceChild(fragment(root.ownerDocument, parts), text);
    }
  }
}

function fragment(document: Document, parts: readonly (Node | string)[]): DocumentFragment {
  const all = document.createDocumentFragment();
  all.append(...parts);
  return all;
}

function read(root: HTMLElement, ofPage: boolean): string {
  breakLines(root);
  const document = root.ownerDocument;
  return readComposer({ kind: 'editable', element: root, document, root }, { ...LOCATORS, ofPage })
    .text;
}

/** Text of an HTML fragment, line by line; nothing in it runs or loads. */
export function htmlText(html: string): string {
  return read(new DOMParser().parseFromString(html, 'text/html').body, false);
}

/**
 * Text of an element as it is stored, not as it is shown: what the app folds away counts, what it adds
 * (`without`) does not. Read from a copy that is not rendered; at most `max` UTF-16 units.
 */
export function storedText(element: Element, without: string | undefined, max: number): string {
  const { body } = document.implementation.createHTMLDocument('');
  body.append(body.ownerDocument.importNode(element, true));
  if (without !== undefined) for (const added of findAll(body, without)) added.remove();
  return read(body, true).slice(0, max).trim();
}

/** White space and caret fillers apart: how editors, forms and pages break lines is no change of text. */
export function bare(text: string): string {
  return text.normalize('NFC').replace(/[\s\u200b\ufeff]+/gu, '');
}
