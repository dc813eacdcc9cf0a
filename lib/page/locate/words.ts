/** What follows the word in the label, where it stands whole; null where it does not. */
function after(label: string, word: string, atStart: boolean): string | null {
  for (let at = label.indexOf(word); at !== -1; at = label.indexOf(word, at + 1)) {
    const before = label.slice(0, at);
    const rest = label.slice(at + word.length);
    // Only signs, such as an icon's arrow, may stand before the first word.
    const begins = atStart ? !/[\p{L}\p{N}]/u.test(before) : !/\p{L}$/u.test(before);
    if (begins && !/^\p{L}/u.test(rest)) return rest;
  }
  return null;
}

const plain = (label: string): string => label.replace(/\s+/gu, ' ').toLowerCase();

/** Whether a label begins with one of the words (or phrases), as a whole; case does not count. */
export function startsWithOne(label: string, words: readonly string[]): boolean {
  return words.some((word) => after(plain(label), plain(word), true) !== null);
}

/**
 * Whether a label begins with one of `others` and says nothing of sending behind it: "Save and send"
 * and "Add a comment" send.
 */
export function isOnlyOther(
  label: string,
  others: readonly string[],
  sending: readonly string[],
): boolean {
  return others.some((other) => {
    const rest = after(plain(label), plain(other), true);
    return rest !== null && !sending.some((word) => after(rest, plain(word), false) !== null);
  });
}
