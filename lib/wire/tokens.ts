import type { TokenLogprob } from '../domain/output.ts';

/** "Very unlikely" is sent as -9999; below this a probability says nothing more. */
const LEAST_LOGPROB = -20;

/** Most tokens kept of one output; with more there are none, as a part would pass for the whole. */
const MAX_TOKENS = 100_000;

/** Token probabilities in the order they came, clamped to [-20, 0]. */
export function createTokenList() {
  let tokens: TokenLogprob[] | null = null;
  let tooMany = false;
  return {
    add(more: readonly TokenLogprob[]): void {
      for (const { token, logprob } of more) {
        tokens ??= [];
        tooMany ||= tokens.length >= MAX_TOKENS;
        if (tooMany) return;
        tokens.push({ token, logprob: Math.min(0, Math.max(LEAST_LOGPROB, logprob)) });
      }
    },
    tokens: (): TokenLogprob[] | null => (tooMany ? null : tokens),
  };
}
