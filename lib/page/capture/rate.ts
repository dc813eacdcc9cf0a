/** A bucket of tokens: `perSecond` on average, `burst` at once. */
export interface Rate {
  /** True when `cost` fits; then it is spent. `at` in milliseconds. */
  take(cost: number, at: number): boolean;
}

export function createRate(perSecond: number, burst: number): Rate {
  let tokens = burst;
  let last = 0;
  return {
    take(cost, at) {
      tokens = Math.min(burst, tokens + (Math.max(0, at - last) / 1000) * perSecond);
      last = at;
      if (tokens < cost) return false;
      tokens -= cost;
      return true;
    },
  };
}
