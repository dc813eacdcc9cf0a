import type { BoundLink } from '../../domain/bound.ts';
import type { ComposerBlock } from '../../domain/composer.ts';
import { readDom, type Locators } from './dom-lines.ts';
import { isNativeField, type EditorHandle } from './handle.ts';
import type { LocatedText } from './lines.ts';
import { readNative } from './native-lines.ts';
import { textRoles } from './text-roles.ts';

/** What would be sent from a composer now. */
export interface ComposerRead {
  readonly blocks: ComposerBlock[];
  /** Each link of the document once, in order; in plain text a link is only text. */
  readonly links: BoundLink[];
  /** The blocks' texts joined by line breaks. */
  readonly text: string;
}

/** Reads a composer with the place of every line, for the writer. */
export function locate(handle: EditorHandle, locators: Locators): LocatedText {
  const { root } = handle;
  const { lines, links } = isNativeField(root) ? readNative(root) : readDom(root, locators);
  const roles = textRoles(lines);
  return { links, lines: lines.map((line, index) => ({ ...line, role: roles[index] ?? 'body' })) };
}

/** The public form of what `locate` read. */
export function toRead(located: LocatedText): ComposerRead {
  return {
    blocks: located.lines.map(({ text, role }) => ({ text, role })),
    links: [...located.links],
    text: located.lines.map((line) => line.text).join('\n'),
  };
}

/**
 * Reads what stands in the composer, as blocks in reading order with their roles. Empty lines are
 * blocks with an empty text, so that a draft keeps its shape. Never throws; an editor that has
 * left the page reads as it last was: ask `isLive`.
 */
export function readComposer(handle: EditorHandle, locators: Locators): ComposerRead {
  return toRead(locate(handle, locators));
}
