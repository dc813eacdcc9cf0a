/** Value at a share of sorted numbers, nearest rank; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle value; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** A median with the interval that holds the true one in 95 of 100 runs. */
export interface Interval {
  median: number;
  low: number;
  high: number;
}

/**
 * The median of `values` and its distribution-free 95 % interval by order statistics (sign test).
 * With fewer than six values no such interval exists: the range of all values is given.
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  let probability = 0.5 ** n;
  let below = 0;
  // The largest k so that fewer than k of n fair coins show heads in at most 2.5 % of runs.
  let k = 0;
  while (k < n && below + probability <= 0.025) {
    below += probability;
    probability = (probability * (n - k)) / (k + 1);
    k += 1;
  }
  const low = sorted[Math.max(0, k - 1)];
  const high = sorted[Math.min(n - 1, n - k)];
  return { median: median(values), low: low ?? Number.NaN, high: high ?? Number.NaN };
}

/** What each round's value is to the peer's of the same round. The arrays are in round order. */
export function ratios(own: readonly number[], peer: readonly number[]): number[] {
  return own.flatMap((value, round) => {
    const other = peer[round];
    return other === undefined || other === 0 ? [] : [value / other];
  });
}

/** How much each round's value is above the peer's of the same round. */
export function differences(own: readonly number[], peer: readonly number[]): number[] {
  return own.flatMap((value, round) => {
    const other = peer[round];
    return other === undefined ? [] : [value - other];
  });
}
