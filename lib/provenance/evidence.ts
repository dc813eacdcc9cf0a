import type { ComposerPair, Layout } from './layout.ts';
import type { Pool, PooledOutput } from './pool.ts';

/** A composer is judged by its best window of this many words of evidence. */
export const WINDOW_WORDS = 25;

/** Fewer words of evidence than this never match. */
export const MIN_WORDS = 8;

/** Share of the window's word pairs that must stand in the output. */
export const MIN_SHARE = 0.4;

/** Share of a whole output that makes a composer its copy, however common its phrases are. */
const WHOLE_SHARE = 0.8;

const WINDOW_PAIRS = WINDOW_WORDS - 1;

/** An output that the composer comes from, with the pairs that say so. */
export interface Finding {
  readonly output: PooledOutput;
  /** Pairs of the best window that stand in the output, in text order. */
  readonly window: readonly ComposerPair[];
  /** All pairs of the composer that are evidence for this output. */
  readonly hits: number;
}

/** Where a pair stands among the pairs that can be evidence. */
interface Hit {
  readonly pair: ComposerPair;
  readonly position: number;
}

/** How many different words a run of pairs (in text order) covers. */
export function wordsCovered(pairs: readonly ComposerPair[]): number {
  let covered = 0;
  let next = -1;
  for (const { word } of pairs) {
    covered += word === next ? 1 : 2;
    next = word + 1;
  }
  return covered;
}

/** The fullest window of `WINDOW_PAIRS` positions. */
function bestWindow(hits: readonly Hit[]): readonly Hit[] {
  let best = { from: 0, to: 0 };
  let from = 0;
  for (const [to, hit] of hits.entries()) {
    while (hit.position - (hits[from]?.position ?? hit.position) >= WINDOW_PAIRS) from++;
    if (to + 1 - from > best.to - best.from) best = { from, to: to + 1 };
  }
  return hits.slice(best.from, best.to);
}

function better(a: Finding, b: Finding | null): boolean {
  if (b === null || a.hits !== b.hits) return b === null || a.hits > b.hits;
  const [sizeA, sizeB] = [a.output.grams.length, b.output.grams.length];
  return sizeA === sizeB ? a.output.at > b.output.at : sizeA < sizeB;
}

/** Each open pair once: a word pair that is typed again says nothing new. */
function openPairs({ pairs }: Layout): ComposerPair[] {
  const seen = new Set<number>();
  return pairs.filter(({ gram, standing }) => {
    if (standing !== 'open' || seen.has(gram)) return false;
    seen.add(gram);
    return true;
  });
}

/**
 * The output that explains most of the composer by its own phrases: pairs that are common in the
 * pool, excluded or known are left out, and the best window of what remains is judged.
 */
export function findByWindow(layout: Layout, pool: Pool): Finding | null {
  const hitsOf = new Map<PooledOutput, Hit[]>();
  let positions = 0;
  for (const pair of openPairs(layout)) {
    const carriers = pool.carriers(pair.gram);
    if (pool.isCommon(carriers)) continue;
    const hit = { pair, position: positions++ };
    for (const output of carriers) {
      const hits = hitsOf.get(output);
      if (hits === undefined) hitsOf.set(output, [hit]);
      else hits.push(hit);
    }
  }
  const needed = MIN_SHARE * Math.min(WINDOW_PAIRS, positions);
  let best: Finding | null = null;
  for (const [output, hits] of hitsOf) {
    if (hits.length < needed) continue;
    const window = bestWindow(hits).map(({ pair }) => pair);
    if (window.length < needed || wordsCovered(window) < MIN_WORDS) continue;
    const finding = { output, window, hits: hits.length };
    if (better(finding, best)) best = finding;
  }
  return best;
}

/**
 * The output that stands in the composer nearly whole, although others share its phrases; so an
 * exact copy is found whatever else is in the pool. Only outputs of at least a window's length.
 */
export function findWhole(layout: Layout, pool: Pool): Finding | null {
  const pairsOf = new Map<PooledOutput, ComposerPair[]>();
  const standing = new Map(layout.pairs.map((pair) => [pair.gram, pair.standing]));
  for (const pair of openPairs(layout)) {
    for (const output of pool.carriers(pair.gram)) {
      const pairs = pairsOf.get(output);
      if (pairs === undefined) pairsOf.set(output, [pair]);
      else pairs.push(pair);
    }
  }
  let best: Finding | null = null;
  for (const [output, pairs] of pairsOf) {
    if (pairs.length < WINDOW_PAIRS) continue;
    const own = output.grams.filter((gram) => (standing.get(gram) ?? 'open') === 'open').length;
    if (pairs.length < WHOLE_SHARE * own) continue;
    const finding = { output, window: pairs, hits: pairs.length };
    if (better(finding, best)) best = finding;
  }
  return best;
}
