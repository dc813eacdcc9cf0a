import type { ComposerBlock, DraftRange } from '../domain/composer.ts';
import { findByWindow, findWhole } from './evidence.ts';
import type { KnownPhrases } from './known.ts';
import { layOut, type Layout } from './layout.ts';
import { createPool, type PooledOutput } from './pool.ts';
import { rangeOf } from './range.ts';

/** A composer, and all that is no evidence in it. */
export interface MatchInput {
  readonly blocks: readonly ComposerBlock[];
  /** Texts on the page: thread, record, sources, signature, quoted mail. */
  readonly exclude: readonly string[];
  readonly known: KnownPhrases;
}

/** The output that a composer's text comes from. */
export interface Match {
  readonly outputId: string;
  /** Share of the range's word pairs that stand in the output, 0 to 1. */
  readonly share: number;
  readonly range: DraftRange;
  /** Words of the range that stand in the output. */
  readonly words: number;
}

/** Knows outputs by their fingerprints and finds the one that a composer comes from. */
export interface ProvenanceIndex {
  /** How many outputs it holds. */
  readonly size: number;
  /** Adds an output by its `fingerprint`; `at` is milliseconds since 1970. The same id replaces. */
  add(id: string, fingerprint: Uint32Array, at: number): void;
  /** Forgets an output; an unknown id is nothing to do. */
  remove(id: string): void;
  /** The output that the composer comes from, or null for a person's own text. Never throws. */
  match(input: MatchInput): Match | null;
}

function measure(layout: Layout, range: DraftRange, output: PooledOutput) {
  const grams = new Set(output.grams);
  const inRange = (word: number) => {
    const block = layout.blockOf[word] ?? -1;
    return block >= range.firstBlock && block <= range.lastBlock;
  };
  const pairs = layout.pairs.filter(({ word }) => inRange(word) && inRange(word + 1));
  const shared = pairs.filter(({ gram }) => grams.has(gram));
  const words = new Set(shared.flatMap(({ word }) => [word, word + 1])).size;
  return { share: pairs.length === 0 ? 0 : shared.length / pairs.length, words };
}

/** An empty index. It lives in memory: rebuild it from stored fingerprints after a restart. */
export function createIndex(): ProvenanceIndex {
  const pool = createPool();
  return {
    get size() {
      return pool.size;
    },
    add: (id, fingerprint, at) => pool.add(id, fingerprint, at),
    remove: (id) => pool.remove(id),
    match({ blocks, exclude, known }) {
      const layout = layOut(blocks, exclude, known);
      const finding = findByWindow(layout, pool) ?? findWhole(layout, pool);
      if (finding === null) return null;
      const range = rangeOf(layout, finding);
      return { outputId: finding.output.id, range, ...measure(layout, range, finding.output) };
    },
  };
}
