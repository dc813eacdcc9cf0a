import { canonicalText } from '../../domain/canonical.ts';
import { bare } from '../locate/unrendered.ts';

/** Least share of common word pairs from which a stored reply counts as the one that was sent. */
const LIKENESS = 0.5;

function pairs(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.map((word, index) => `${word} ${words[index + 1] ?? ''}`));
}

function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  if (left.size === 0 || right.size === 0) return 0;
  let common = 0;
  for (const pair of left) if (right.has(pair)) common += 1;
  return common / Math.max(left.size, right.size);
}

/** Whether one of the stored replies is the sent one; pages show white space as they like. */
export function isAmong(sent: string, entries: readonly string[]): boolean {
  const wanted = bare(sent);
  return wanted !== '' && entries.some((entry) => bare(entry) === wanted);
}

/**
 * The newest stored reply when it shares at least half of the sent one's word pairs: it was changed on
 * the way. Threads run either way, so both ends are newest; what lies between is older and no evidence.
 */
export function findAlike(sent: string, entries: readonly string[]): string | null {
  const ends = [entries.at(-1), entries.at(0)].filter((one) => one !== undefined);
  const [best] = ends
    .map((entry) => ({ entry, share: likeness(canonicalText(sent), entry) }))
    .filter(({ share }) => share >= LIKENESS)
    .toSorted((a, b) => b.share - a.share);
  return best?.entry ?? null;
}
