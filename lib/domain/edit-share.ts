/** Words beyond which no share is told: the work grows with the product of both lengths. */
const MAX_WORDS = 1_000;

const wordsOf = (text: string): string[] => text.normalize('NFC').split(/\s+/u).filter(Boolean);

/**
 * How much of a text was changed, from 0 (nothing) to 1 (all), to 4 decimals: the least number of words
 * added, removed or replaced (Levenshtein), by the length of the longer text. Null beyond 1,000 words.
 */
export function editShare(before: string, after: string): number | null {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const longer = Math.max(from.length, to.length);
  if (longer > MAX_WORDS) return null;
  if (longer === 0) return 0;
  let row = to.map((_, at) => at + 1);
  for (const [at, word] of from.entries()) {
    let diagonal = at;
    let left = at + 1;
    row = row.map((above, column) => {
      const replaced = diagonal + (to[column] === word ? 0 : 1);
      diagonal = above;
      left = Math.min(replaced, above + 1, left + 1);
      return left;
    });
  }
  const changed = row.at(-1) ?? from.length;
  return Math.round((changed / longer) * 10_000) / 10_000;
}
