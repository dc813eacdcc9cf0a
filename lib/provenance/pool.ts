/** One output in the pool. */
export interface PooledOutput {
  readonly id: string;
  /** Milliseconds since 1970, when the output ended. */
  readonly at: number;
  readonly grams: Uint32Array;
  /** Outputs that are versions of one another (asked again, a word changed) share a family. */
  readonly family: number;
}

/** The outputs that carry a word pair, in the order in which they were added. */
type Carriers = readonly PooledOutput[];

/** Inverted index from word pairs to outputs. */
export interface Pool {
  readonly size: number;
  /** Adds an output; an output with the same id is replaced. */
  add(id: string, grams: Uint32Array, at: number): void;
  /** Forgets an output; an unknown id is nothing to do. */
  remove(id: string): void;
  carriers(gram: number): Carriers;
  /**
   * What a pair with these carriers says of one output: 1 over the number of families that carry
   * it, 1 when none does, 0 from `COMMON_FAMILIES` on.
   */
  weightOf(carriers: Carriers): number;
}

/** A pair in this many families is the language itself; it bounds the work of weighing, too. */
const COMMON_FAMILIES = 16;

/**
 * Likeness (Ochiai: shared pairs over the geometric mean of both sizes) from which two outputs are
 * versions of one another. Unlike Jaccard it still sees an answer inside a longer one.
 */
const SAME_FAMILY = 0.5;

/** Relatives are looked for among this many latest carriers of each pair, to bound the work. */
const LATEST_CARRIERS = 64;

const NO_CARRIERS: Carriers = [];

/** An empty pool. */
export function createPool(): Pool {
  const outputs = new Map<string, PooledOutput>();
  const byGram = new Map<number, PooledOutput[]>();
  let families = 0;

  const familyOf = (grams: Uint32Array): number => {
    const shared = new Map<PooledOutput, number>();
    for (const gram of grams) {
      const carriers = byGram.get(gram) ?? NO_CARRIERS;
      for (let i = Math.max(0, carriers.length - LATEST_CARRIERS); i < carriers.length; i++) {
        const other = carriers[i];
        if (other !== undefined) shared.set(other, (shared.get(other) ?? 0) + 1);
      }
    }
    let best = SAME_FAMILY;
    let family: number | null = null;
    for (const [other, count] of shared) {
      const likeness = count / Math.sqrt(grams.length * other.grams.length);
      if (likeness >= best) [best, family] = [likeness, other.family];
    }
    return family ?? families++;
  };

  const pool: Pool = {
    get size() {
      return outputs.size;
    },
    add(id, grams, at) {
      pool.remove(id);
      const output = { id, at, grams, family: familyOf(grams) };
      outputs.set(id, output);
      for (const gram of grams) {
        const carriers = byGram.get(gram);
        if (carriers === undefined) byGram.set(gram, [output]);
        else carriers.push(output);
      }
    },
    remove(id) {
      const output = outputs.get(id);
      if (output === undefined) return;
      outputs.delete(id);
      for (const gram of output.grams) {
        const rest = (byGram.get(gram) ?? NO_CARRIERS).filter((other) => other !== output);
        if (rest.length === 0) byGram.delete(gram);
        else byGram.set(gram, rest);
      }
    },
    carriers: (gram) => byGram.get(gram) ?? NO_CARRIERS,
    weightOf(carriers) {
      if (carriers.length < 2) return 1;
      const seen = new Set<number>();
      for (const { family } of carriers) {
        if (seen.add(family).size >= COMMON_FAMILIES) return 0;
      }
      return 1 / seen.size;
    },
  };
  return pool;
}
