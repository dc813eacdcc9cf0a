import { boundDifferences, type BoundPart } from '../domain/bound.ts';
import type { ReviewItem } from '../domain/item.ts';
import { wordDiff } from './word-diff.ts';

/** What is known of the composer against what was shown or approved. */
export type Seal =
  | {
      state: 'undecided' | 'approved' | 'sent' | 'drifted' | 'unseen' | 'gone' | 'pending' | 'none';
    }
  | { state: 'failed' | 'unknown'; detail: string }
  /** `words` is how many words differ; `approved` the text that was approved. */
  | { state: 'changed'; parts: readonly BoundPart[]; words: number; approved: string };

/** The seal of an item as it stands in the store; `isLive` is false once its page is known to be gone. */
export function sealOf(item: ReviewItem, isLive = true): Seal {
  if (item.delivery === 'match') return { state: 'sent' };
  if (item.delivery !== 'not-sent') return { state: item.delivery };
  const released = item.decision?.released ?? null;
  // What becomes of an answer to a colleague, or of a lead's, is said by the line about the case.
  const isTold = item.kind === 'case' || item.case?.answer != null;
  if (item.effect === 'pending') return { state: isTold ? 'none' : 'pending' };
  if (released !== null && item.decision?.releasedHash !== item.boundHash) {
    const { added, removed } = wordDiff(released.text, item.bound.text);
    return {
      state: 'changed',
      parts: boundDifferences(released, item.bound),
      words: Math.max(added, removed),
      approved: released.text,
    };
  }
  if (item.kind === 'case') return { state: 'none' };
  if (item.effect === 'failed' || item.effect === 'unknown')
    return { state: item.effect, detail: item.effectDetail };
  if (item.kind !== 'draft') return { state: 'none' };
  if (item.place === null || !isLive) return { state: 'gone' };
  if (item.state === 'approved') return { state: 'approved' };
  return { state: item.decision === null ? 'undecided' : 'none' };
}
