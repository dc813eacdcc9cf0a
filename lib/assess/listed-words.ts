const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Lower-case words of a text, apostrophes as U+0027; the units in which listed words are matched. */
export function plainWords(text: string): string[] {
  return [...text.toLowerCase().matchAll(WORD)].map((match) => match[0].replaceAll('’', "'"));
}

/**
 * Tells whether the words of a text hold one of the listed words or phrases, as whole words, without case.
 * Words are data, never patterns. Linear in the text for a given list.
 */
export function wordFinder(listed: readonly string[]): (words: readonly string[]) => boolean {
  const byFirst = new Map<string, string[][]>();
  for (const entry of listed) {
    const words = plainWords(entry);
    const first = words[0];
    if (first === undefined) continue;
    const phrases = byFirst.get(first) ?? [];
    phrases.push(words);
    byFirst.set(first, phrases);
  }
  return (words) =>
    words.some((word, at) =>
      (byFirst.get(word) ?? []).some((phrase) =>
        phrase.every((part, offset) => words[at + offset] === part),
      ),
    );
}
