import { canonicalText } from '../../domain/canonical.ts';
import type { DraftRange } from '../../domain/composer.ts';
import type { Line } from './lines.ts';

/** The lines of a composer to write over, both included, and what to put there. */
export interface Change {
  readonly first: number;
  readonly last: number;
  readonly text: readonly string[];
}

/** True for text that canonical form leaves nothing of. */
export const isBlank = (text: string | undefined): boolean => canonicalText(text ?? '') === '';

const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b);

/**
 * The least change that turns the draft's lines into `text`: lines at its start and end that stay
 * as they are, with their formatting and links, are left alone. At least one line with text is
 * replaced by at least one, because editors handle pasting over nothing, or nothing, in too many
 * ways. `keepsBlank`: blank lines are text (native fields) and not the distance of paragraphs.
 * Returns `nothing` when the draft already reads so, null when the range is not in the composer
 * or the new text is empty.
 */
export function planChange(
  lines: readonly Line[],
  range: DraftRange,
  text: string,
  keepsBlank: boolean,
): Change | 'nothing' | null {
  const { firstBlock, lastBlock } = range;
  if (firstBlock < 0 || firstBlock > lastBlock || lastBlock >= lines.length) return null;
  const next = text.replace(/\r\n?/gu, '\n').split('\n');
  if (next.every(isBlank)) return null;
  let first = firstBlock;
  let last = lastBlock;
  let start = 0;
  let end = next.length - 1;
  const before = (index: number) => lines[index]?.text;
  while (first <= last && start <= end && same(before(first), next[start])) {
    first += 1;
    start += 1;
  }
  while (first <= last && start <= end && same(before(last), next[end])) {
    last -= 1;
    end -= 1;
  }
  if (first > last && start > end) return 'nothing';
  const noneLeft = () => lines.slice(first, last + 1).every((line) => isBlank(line.text));
  const noneNew = () => next.slice(start, end + 1).every(isBlank);
  while ((noneLeft() || noneNew()) && (first > firstBlock || last < lastBlock)) {
    if (first > firstBlock) {
      first -= 1;
      start -= 1;
    } else {
      last += 1;
      end += 1;
    }
  }
  if (!keepsBlank) {
    while (first < last && isBlank(before(first))) first += 1;
    while (first < last && isBlank(before(last))) last -= 1;
    while (start < end && isBlank(next[start])) start += 1;
    while (start < end && isBlank(next[end])) end -= 1;
  }
  return { first, last, text: next.slice(start, end + 1) };
}
