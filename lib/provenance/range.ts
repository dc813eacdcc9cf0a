import type { DraftRange } from '../domain/composer.ts';
import type { Finding } from './evidence.ts';
import type { Layout } from './layout.ts';

/** Share of a block's words that must stand in the output for the block to belong to it. */
const BELONGS = 0.4;

/** Words of evidence from which a block away from the others belongs too. */
const APART_WORDS = 6;

/** What a block has in common with an output, in words. */
interface BlockTally {
  words: number;
  /** Words that stand in the output and are not the person's own phrases. */
  shared: number;
  /** Of these, words that are evidence: not excluded either. */
  evidence: number;
  /** Pairs of the best window that begin here. */
  window: number;
}

function tally(layout: Layout, { output, window }: Finding): Map<number, BlockTally> {
  const grams = new Set(output.grams);
  const shared = new Uint8Array(layout.blockOf.length);
  for (const { gram, word, standing } of layout.pairs) {
    if (standing === 'known' || !grams.has(gram)) continue;
    const mark = standing === 'open' ? 2 : 1;
    for (const at of [word, word + 1]) shared[at] = Math.max(shared[at] ?? 0, mark);
  }
  const tallies = new Map<number, BlockTally>();
  for (const [word, block] of layout.blockOf.entries()) {
    const entry = tallies.get(block) ?? { words: 0, shared: 0, evidence: 0, window: 0 };
    entry.words += 1;
    if (shared[word]) entry.shared += 1;
    if (shared[word] === 2) entry.evidence += 1;
    tallies.set(block, entry);
  }
  for (const { word } of window) {
    const entry = tallies.get(layout.blockOf[word] ?? -1);
    if (entry !== undefined) entry.window += 1;
  }
  return tallies;
}

/**
 * First and last block that belong to the output, what is between included. It starts from the
 * block with most of the best window and every block that is clearly the output's, and grows over
 * neighbours that stand in the output; a person's known phrases never belong.
 */
export function rangeOf(layout: Layout, finding: Finding): DraftRange {
  const tallies = tally(layout, finding);
  // Blocks with words only: empty lines neither stop the range nor end it.
  const blocks = [...tallies].map(([index, entry]) => ({ index, ...entry }));
  const belongs = (at: number) => {
    const block = blocks[at];
    return block !== undefined && block.shared >= BELONGS * block.words;
  };
  const core = blocks.reduce((most, { window }) => Math.max(most, window), 0);
  const isClear = (at: number) => {
    const block = blocks[at];
    if (block === undefined) return false;
    return block.window === core || (block.evidence >= APART_WORDS && belongs(at));
  };
  let first = blocks.findIndex((_, at) => isClear(at));
  let last = blocks.findLastIndex((_, at) => isClear(at));
  while (belongs(first - 1)) first--;
  while (belongs(last + 1)) last++;
  return { firstBlock: blocks[first]?.index ?? 0, lastBlock: blocks[last]?.index ?? 0 };
}
