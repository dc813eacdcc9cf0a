const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const VALUES = new Map<string, number>([
  ...SMALL.map((word, value) => [word, value] as const),
  ...TENS.map((word, at) => [word, (at + 2) * 10] as const),
]);
/** Where such a number may start, with the `i` flag: turns most places down at once. */
export const NUMBER_WORDS_START = '[efhnostz]';
const WORD = `(?:${[...SMALL, ...TENS, 'hundred', 'thousand'].join('|')})`;

/** English number words up to the thousands, as part of other patterns (use with the `i` flag). */
export const NUMBER_WORDS_PATTERN = `${WORD}(?:[ -](?:and )?${WORD}){0,6}`;

/** The value of English number words ("one hundred and twenty"); null when they are not a number. */
export function numberWordsValue(words: string): string | null {
  let total = 0;
  let group = 0;
  let last = Infinity;
  for (const word of words.toLowerCase().split(/[ -]+/)) {
    if (word === 'and') continue;
    if (word === 'thousand') {
      total += Math.max(1, group) * 1000;
      group = 0;
      last = Infinity;
    } else if (word === 'hundred') {
      group = Math.max(1, group) * 100;
      last = 100;
    } else {
      const value = VALUES.get(word);
      // "five six" is no number: a smaller part may only follow tens or a hundred.
      if (value === undefined || value >= last || (last < 100 && last % 10 !== 0)) return null;
      group += value;
      last = value;
    }
  }
  return String(total + group);
}
