import type { BoundLink } from '../../domain/bound.ts';
import { LineBuilder, type Around } from './line-builder.ts';
import type { LocatedText } from './lines.ts';
import {
  BLOCK_TAGS,
  CONTROLS,
  FORMATTING,
  FURNITURE,
  MODELLED,
  OLDER_BELOW,
  QUOTES,
  SIGNATURES,
  UNSEEN,
} from './vocabulary.ts';

/** CSS selectors by which a site says what is signature and what is quoted mail. */
export interface Locators {
  readonly signature: string | null;
  readonly quote: string | null;
  /** What is read is no composer but a part of a page: buttons and hidden things are the app's. */
  readonly ofPage?: boolean;
}

interface Open {
  readonly element: Element;
  readonly around: Around;
  readonly block: boolean;
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function isText(node: Node): node is Text {
  return node.nodeType === 3;
}

/** The general selector with the site's own, when that is one the browser understands. */
function withSite(root: Element, general: string, own: string | null): string {
  if (own === null || own.trim() === '') return general;
  const both = `${general},${own}`;
  try {
    root.matches(both);
    return both;
  } catch {
    // A site description with a wrong selector still gets the general rules.
    return general;
  }
}

/** What is no text in this root. */
function skippedIn(root: Element, ofPage: boolean, modelled: boolean): string {
  const furniture = FURNITURE.filter(([editor]) => ofPage || root.matches(editor));
  return [UNSEEN, ...furniture.map(([, parts]) => parts), ...(modelled ? [CONTROLS] : [])].join();
}

function isEditable(element: Element): boolean {
  return !('isContentEditable' in element) || element.isContentEditable !== false;
}

function formatting(element: Element): string | undefined {
  if (element.localName === 'span' && element.hasAttribute('style')) return 'style';
  return FORMATTING[element.localName];
}

/**
 * Reads an editor's document as a reader sees it: one line per paragraph or line break, with its
 * role by element, its place, its formatting and links. What is hidden by style but would leave
 * with the text is text, whatever class it has; only an editor that is known has parts that are none.
 * Depth and size of the document are no risk: no recursion.
 */
export function readDom(root: HTMLElement, locators: Locators): LocatedText {
  const view = root.ownerDocument.defaultView;
  const quotes = withSite(root, QUOTES, locators.quote);
  const signatures = withSite(root, SIGNATURES, locators.signature);
  // CKEditor 4 sends this attribute in place of href; elsewhere it would be a false name.
  const hrefName = root.matches('.cke_editable') ? 'data-cke-saved-href' : 'href';
  const ofPage = locators.ofPage ?? false;
  const modelled = ofPage || root.matches(MODELLED);
  const skipped = skippedIn(root, ofPage, modelled);
  const builder = new LineBuilder();
  const links = new Map<Node, BoundLink>();
  const open: Open[] = [];
  let older = false;

  const describe = (element: Element, outer: Around | null): Open | null => {
    // The root itself was asked for, whatever it is.
    if (outer !== null && element.matches(skipped)) return null;
    const style = view?.getComputedStyle(element);
    const display = style?.display ?? '';
    if (modelled && display === 'none' && !isEditable(element)) return null;
    const block =
      display === '' || display === 'none'
        ? BLOCK_TAGS.has(element.localName)
        : !/^(?:inline|contents|ruby)/u.test(display);
    older ||= element.matches(OLDER_BELOW);
    const role =
      older || element.matches(quotes)
        ? 'quote'
        : element.matches(signatures) && outer?.role !== 'quote'
          ? 'signature'
          : (outer?.role ?? 'body');
    const href =
      element.localName === 'a'
        ? (element.getAttribute(hrefName) ?? element.getAttribute('href'))
        : null;
    const mark = href === null ? formatting(element) : 'links';
    const marks = outer?.marks ?? [];
    return {
      element,
      block,
      around: {
        role,
        keepsSpace: /pre|break-spaces/u.test(style?.whiteSpace ?? ''),
        marks: mark === undefined || marks.includes(mark) ? marks : [...marks, mark],
        link: href === null ? (outer?.link ?? null) : { key: element, href },
      },
    };
  };

  const enter = (node: Node, outer: Around): boolean => {
    const around: Around = older ? { ...outer, role: 'quote' } : outer;
    if (isText(node)) {
      builder.text(node, around);
      const { link } = around;
      if (link !== null) {
        const text = (links.get(link.key)?.text ?? '') + node.data.replace(/[ \t\n\r\f]+/gu, ' ');
        links.set(link.key, { text, href: link.href });
      }
      return false;
    }
    if (!isElement(node)) return false;
    const opened = describe(node, around);
    if (opened === null) return false;
    const { link } = opened.around;
    if (link !== null && !links.has(link.key)) links.set(link.key, { text: '', href: link.href });
    if (node.localName === 'br') {
      builder.lineBreak(node, around);
      return false;
    }
    if (node.localName === 'img') builder.mark('images');
    if (opened.block) builder.blockEdge();
    open.push(opened);
    return true;
  };

  const leave = (): void => {
    if (open.pop()?.block === true) builder.blockEdge();
  };

  const ground = describe(root, null);
  if (ground === null) return { lines: [], links: [] };
  let node: Node | null = root.firstChild;
  while (node !== null) {
    if (enter(node, open.at(-1)?.around ?? ground.around)) {
      if (node.firstChild !== null) {
        node = node.firstChild;
        continue;
      }
      leave();
    }
    while (node !== null && node.nextSibling === null) {
      node = node.parentNode === root ? null : node.parentNode;
      if (node !== null) leave();
    }
    node = node?.nextSibling ?? null;
  }
  builder.blockEdge();
  return { lines: builder.lines, links: [...links.values()] };
}
