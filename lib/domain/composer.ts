import * as z from 'zod/mini';
import { source } from './assessment.ts';
import { bound } from './bound.ts';

/** A block (paragraph, line) of a composer, in document order, with what the site says it is. */
export const composerBlock = z.object({
  text: z.string(),
  role: z.enum(['body', 'signature', 'quote']),
});
export type ComposerBlock = z.infer<typeof composerBlock>;

/** What the page says stands in a composer. Claimed, never trusted. */
export const composerSnapshot = z.object({
  /** Stable for one composer element in one document. */
  composerId: z.string().check(z.maxLength(80)),
  siteId: z.string().check(z.maxLength(80)),
  /** What the reply belongs to, e.g. a ticket number; '' when the site has none. */
  threadKey: z.string().check(z.maxLength(200)),
  subject: z.string().check(z.maxLength(500)),
  /** The page the person is on, without query secrets: origin and path. */
  pageUrl: z.string().check(z.maxLength(2000)),
  bound,
  /** The composer cut into blocks; `bound.text` is their texts joined by line breaks. */
  blocks: z.array(composerBlock).check(z.maxLength(5000)),
  /** Thread, record and sources on the page; what stands in them is no evidence of AI text. */
  context: z.array(source).check(z.maxLength(200)),
});
export type ComposerSnapshot = z.infer<typeof composerSnapshot>;

/** A draft's place in its composer: first and last block, both included. */
export const draftRange = z.object({ firstBlock: z.number(), lastBlock: z.number() });
export type DraftRange = z.infer<typeof draftRange>;

/** The draft's own text: its blocks joined by line breaks. */
export function draftText(blocks: readonly ComposerBlock[], range: DraftRange): string {
  return blocks
    .slice(range.firstBlock, range.lastBlock + 1)
    .map((block) => block.text)
    .join('\n');
}
