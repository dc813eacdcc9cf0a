import { boundHash, type Bound } from '../../domain/bound.ts';
import type { ComposerBlock } from '../../domain/composer.ts';
import { readComposer, type EditorHandle } from '../editors/index.ts';
import type { ComposerAt } from '../../sites/site-parts.ts';
import { readAttachments, readKind, readRecipients, withinCaps } from './read-parts.ts';

/** Longest composer that is read, in UTF-16 units; above it the composer is not covered. */
export const MAX_COMPOSER_TEXT = 1_048_576;

/** What would leave with a press of Send now. */
export interface BoundRead {
  bound: Bound;
  blocks: ComposerBlock[];
  hash: string;
  tooLong: boolean;
}

/** The selectors that tell signature and quoted mail from the body. */
export function locatorsOf(at: ComposerAt): { signature: string | null; quote: string | null } {
  return { signature: at.signature ?? null, quote: at.quote ?? null };
}

/** Everything of the bound but text and links, as one string: cheap to compare. */
export function readParts(at: ComposerAt, document: Document): string {
  return JSON.stringify([
    readKind(at.kind, document),
    readRecipients(at, document),
    readAttachments(at, document),
  ]);
}

/** Reads all that is bound, from the editor and from the page around it. Never throws. */
export function readBound(
  composer: { at: ComposerAt; handle: EditorHandle },
  document: Document,
): BoundRead {
  const { at, handle } = composer;
  const read = readComposer(handle, locatorsOf(at));
  const [recipients, attachments] = [readRecipients(at, document), readAttachments(at, document)];
  const known = {
    recipients: recipients && withinCaps(recipients),
    attachments: attachments && withinCaps(attachments),
  };
  const tooLong =
    read.text.length > MAX_COMPOSER_TEXT ||
    read.blocks.length > 5000 ||
    known.recipients?.length !== recipients?.length ||
    known.attachments?.length !== attachments?.length;
  const bound: Bound = {
    text: tooLong ? read.text.slice(0, MAX_COMPOSER_TEXT) : read.text,
    links: read.links,
    kind: readKind(at.kind, document),
    ...known,
  };
  return { bound, blocks: read.blocks, hash: tooLong ? '' : boundHash(bound), tooLong };
}
