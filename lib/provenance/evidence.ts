import type { ComposerPair, Layout } from './layout.ts';
import type { Pool, PooledOutput } from './pool.ts';

/** A composer is judged by its best window of this many words of evidence. */
const WINDOW_WORDS = 25;

const WINDOW_PAIRS = WINDOW_WORDS - 1;

/** Share of the window's weight that must stand in the output; chosen on replies, see the tests. */
const MIN_SHARE = 0.4;

/**
 * Weight that the pairs found must exceed. With it fewer than eight words never match, nor does
 * text that four unrelated outputs carry: a whole window of it weighs 24 / 4.
 */
const MIN_WEIGHT = 6;

/** Share of a whole output that makes a composer its copy, however common its phrases are. */
const WHOLE_SHARE = 0.8;

/** An output that the composer comes from, with the pairs that say so. */
export interface Finding {
  readonly output: PooledOutput;
  /** Pairs of the best window that stand in the output, in text order. */
  readonly window: readonly ComposerPair[];
  /** Weight of all pairs of the composer that are evidence for this output. */
  readonly weight: number;
}

/** Where a pair stands among the pairs that are evidence, and what it weighs. */
interface Hit {
  readonly pair: ComposerPair;
  readonly position: number;
  readonly weight: number;
}

/**
 * The window of `WINDOW_PAIRS` positions with the greatest share of its weight in `hits`, or null
 * when none is evidence enough. `upTo[n]` is the weight of the first n positions.
 */
function bestWindow(hits: readonly Hit[], upTo: readonly number[]): readonly Hit[] | null {
  const lastStart = Math.max(0, upTo.length - 1 - WINDOW_PAIRS);
  let best: { share: number; from: number; to: number } | null = null;
  let from = 0;
  let to = 0;
  let weight = 0;
  for (const { position } of hits) {
    // A window begins at a hit, or earlier where the text would end before the window does.
    const start = Math.min(position, lastStart);
    for (let hit = hits[to]; hit && hit.position < start + WINDOW_PAIRS; hit = hits[++to]) {
      weight += hit.weight;
    }
    for (let hit = hits[from]; hit && hit.position < start; hit = hits[++from]) {
      weight -= hit.weight;
    }
    const end = Math.min(start + WINDOW_PAIRS, upTo.length - 1);
    const share = weight / ((upTo[end] ?? 0) - (upTo[start] ?? 0));
    // The tolerance is for the sums: thirds and sevenths do not add up exactly.
    if (weight < MIN_WEIGHT + 1e-6 || share < MIN_SHARE) continue;
    if (best === null || share > best.share) best = { share, from, to };
  }
  return best && hits.slice(best.from, best.to);
}

/** Most explained first, then the tighter output, then the later one. */
function better(a: Finding, b: Finding | null): boolean {
  if (b === null || a.weight !== b.weight) return b === null || a.weight > b.weight;
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
 * The output that explains most of the composer by its own phrases: a pair weighs less the more
 * unrelated outputs carry it, excluded and known pairs nothing, and the best window is judged.
 */
export function findByWindow(layout: Layout, pool: Pool): Finding | null {
  const hitsOf = new Map<PooledOutput, Hit[]>();
  const upTo = [0];
  for (const pair of openPairs(layout)) {
    const carriers = pool.carriers(pair.gram);
    const weight = pool.weightOf(carriers);
    if (weight === 0) continue;
    const position = upTo.length - 1;
    upTo.push((upTo[position] ?? 0) + weight);
    for (const output of carriers) {
      const hits = hitsOf.get(output);
      const hit = { pair, position, weight };
      if (hits === undefined) hitsOf.set(output, [hit]);
      else hits.push(hit);
    }
  }
  let best: Finding | null = null;
  for (const [output, hits] of hitsOf) {
    if (hits.length <= MIN_WEIGHT) continue;
    const window = bestWindow(hits, upTo)?.map(({ pair }) => pair);
    if (window === undefined) continue;
    const finding = { output, window, weight: hits.reduce((sum, hit) => sum + hit.weight, 0) };
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
    const finding = { output, window: pairs, weight: pairs.length };
    if (better(finding, best)) best = finding;
  }
  return best;
}
