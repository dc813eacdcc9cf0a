import type { BoundLink } from '../../domain/bound.ts';
import type { ComposerBlock } from '../../domain/composer.ts';
import { canonicalText } from '../../domain/canonical.ts';
import { addLine, type Line, type Point } from './lines.ts';

type Role = ComposerBlock['role'];

/** What surrounds a piece of text. */
export interface Around {
  readonly role: Role;
  /** White space is kept as it stands (`white-space: pre…`). */
  readonly keepsSpace: boolean;
  readonly marks: readonly string[];
  /** The link around it: its address and a key that is the same for all its pieces. */
  readonly link: { readonly key: Node; readonly href: string } | null;
}

/** A text that is nothing but what editors put in to hold the caret. */
const FILLER = /^[\u200b\ufeff]+$/u;

/** Puts pieces of text together to lines. */
export class LineBuilder {
  readonly lines: Line[] = [];
  #paragraph = 0;
  #text = '';
  #role: Role | null = null;
  #from: Point | null = null;
  #to: Point | null = null;
  #marks = new Set<string>();
  #links = new Map<Node, BoundLink>();

  /** Adds characters `start` to `end` of a text node. */
  text(node: Text, around: Around): void {
    if (FILLER.test(node.data)) return;
    if (!around.keepsSpace) {
      this.#piece(node, 0, node.data.length, node.data.replace(/[ \t\n\r\f]+/gu, ' '), around);
      return;
    }
    let start = 0;
    for (const [index, part] of node.data.split('\n').entries()) {
      if (index > 0) this.#flush({ node, offset: start - 1 }, around.role);
      this.#piece(node, start, start + part.length, part.replace(/\r$/u, ''), around);
      start += part.length + 1;
    }
  }

  /** A line break element. */
  lineBreak(node: Element, around: Around): void {
    const parent = node.parentNode;
    if (parent === null) return;
    const offset = Array.prototype.indexOf.call(parent.childNodes, node);
    this.#flush({ node: parent, offset }, around.role);
  }

  /** Something that is no text but shows that formatting stands here, such as an image. */
  mark(name: string): void {
    this.#marks.add(name);
  }

  /** The edge of a block: what follows stands on a line, and in a paragraph, of its own. */
  blockEdge(): void {
    if (this.#from !== null && this.#text.trim() !== '') this.#flush(this.#from, 'body');
    else this.#reset();
    this.#paragraph += 1;
  }

  #piece(node: Text, start: number, end: number, shown: string, around: Around): void {
    const joined = this.#text === '' || this.#text.endsWith(' ');
    const text = !around.keepsSpace && joined ? shown.replace(/^ /u, '') : shown;
    if (text === '') return;
    this.#text += text;
    this.#from ??= { node, offset: start };
    this.#to = { node, offset: end };
    // A line is only quoted or signature when nothing of it is the person's own text.
    this.#role = this.#role === null || around.role === 'body' ? around.role : this.#role;
    for (const name of around.marks) this.#marks.add(name);
    if (around.link !== null) {
      const { key, href } = around.link;
      this.#links.set(key, { text: (this.#links.get(key)?.text ?? '') + text, href });
    }
  }

  #flush(emptyAt: Point, emptyRole: Role): void {
    const text = this.#text.replace(/ $/u, '');
    addLine(this.lines, {
      text: text.length < 8 && canonicalText(text) === '' ? '' : text,
      role: this.#role ?? emptyRole,
      from: this.#from ?? emptyAt,
      to: this.#to ?? emptyAt,
      paragraph: this.#paragraph,
      marks: this.#marks,
      links: [...this.#links.values()],
    });
    this.#reset();
  }

  #reset(): void {
    this.#text = '';
    this.#role = null;
    this.#from = null;
    this.#to = null;
    this.#marks = new Set();
    this.#links = new Map();
  }
}
