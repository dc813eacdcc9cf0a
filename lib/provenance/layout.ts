import type { ComposerBlock } from '../domain/composer.ts';
import { gramsOf, pairHashes } from './fingerprint.ts';
import type { KnownPhrases } from './known.ts';
import { MAX_TEXT, wordsOf } from './words.ts';

/** Most text read of all excluded texts together; what is beyond excludes nothing. */
const MAX_EXCLUDED = 4 * MAX_TEXT;

/** Hands texts on until `limit` UTF-16 units are used up, so that a page cannot buy endless work. */
function limited(limit: number): (text: string) => string {
  let left = limit;
  return (text) => {
    const part = text.slice(0, left);
    left -= part.length;
    return part;
  };
}

/** Why a word pair of the composer does not count, or that it may. */
type Standing = 'open' | 'excluded' | 'known';

/** A pair of neighbouring words of the composer's body. */
export interface ComposerPair {
  readonly gram: number;
  /** Index of its first word; the second is the next one. */
  readonly word: number;
  readonly standing: Standing;
}

/** The composer's body laid out as one run of words. */
export interface Layout {
  /** Block index of each word. */
  readonly blockOf: readonly number[];
  /** Pairs in order; none spans a signature or quote block. */
  readonly pairs: readonly ComposerPair[];
}

/**
 * Lays out a composer. Signature and quote blocks have no words here, and what stands in them or in
 * `exclude` is marked in the body as excluded. At most `MAX_TEXT` units of body are read.
 */
export function layOut(
  blocks: readonly ComposerBlock[],
  exclude: readonly string[],
  known: KnownPhrases,
): Layout {
  const excluded = new Set<number>();
  const excludable = limited(MAX_EXCLUDED);
  const readable = limited(MAX_TEXT);
  const addExcluded = (text: string) => {
    for (const gram of gramsOf(excludable(text))) excluded.add(gram);
  };
  exclude.forEach(addExcluded);

  const stretches: { words: string[]; from: number }[] = [];
  const blockOf: number[] = [];
  let open: string[] | null = null;
  for (const [index, block] of blocks.entries()) {
    if (block.role !== 'body') {
      addExcluded(block.text);
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      stretches.push({ words: open, from: blockOf.length });
    }
    for (const word of wordsOf(readable(block.text))) {
      open.push(word);
      blockOf.push(index);
    }
  }

  const pairs: ComposerPair[] = [];
  for (const { words, from } of stretches) {
    for (const [i, gram] of pairHashes(words).entries()) {
      // Known wins: a person's own phrase stays theirs also when the thread repeats it.
      const standing = known.has(gram) ? 'known' : excluded.has(gram) ? 'excluded' : 'open';
      pairs.push({ gram, word: from + i, standing });
    }
  }
  return { blockOf, pairs };
}
