import type { ReasonCode } from '../domain/decision.ts';
import type { WordDiff } from '../domain/word-diff.ts';

export { wordDiff, type WordDiff } from '../domain/word-diff.ts';

/** Reasons that an edit speaks for by itself; they are suggested, a person may take them back. */
export function suggestedReasons(diff: WordDiff): ReasonCode[] {
  return diff.numbers > 0 ? ['wrong-fact'] : [];
}
