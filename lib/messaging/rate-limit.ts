/**
 * A token bucket per sender: a page that floods is slowed to `perSecond`, others are not touched.
 * Senders not seen for a minute are forgotten.
 */
export function createRateLimit(perSecond: number, burst: number) {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    /** True when one more call of this sender is within its rate. `at` in milliseconds. */
    take(sender: string, at: number): boolean {
      for (const [key, bucket] of buckets) if (at - bucket.at > 60_000) buckets.delete(key);
      const bucket = buckets.get(sender) ?? { tokens: burst, at };
      const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
      if (tokens < 1) {
        buckets.set(sender, { tokens, at });
        return false;
      }
      buckets.set(sender, { tokens: tokens - 1, at });
      return true;
    },
  };
}
