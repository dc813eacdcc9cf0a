/** Rises when the word rule or the hash changes: stored fingerprints of another rule are useless. */
export const WORD_RULE = 1;

/** Longest text read, in UTF-16 units after normalisation; what is beyond is not looked at. */
export const MAX_TEXT = 1_048_576;

const FILLERS = /\p{Default_Ignorable_Code_Point}/gu;

// Scripts that put no spaces between words are cut into pairs of characters.
const WORDS =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+)|(?:[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]]|(?<=\p{L})['’](?=\p{L}))+/gv;

const APOSTROPHES = /['’]/g;

/**
 * The words of a text in order. Word rule v1: NFKC, lower case, invisible fillers (zero width, soft
 * hyphen) dropped; a word is a run of letters, marks and digits, an apostrophe between letters is
 * dropped ("don't" = "don’t" = "dont"); all else separates. In scripts without spaces (Han, kana,
 * Thai, Lao, Khmer, Myanmar) each pair of neighbouring characters is a word. Never throws.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, MAX_TEXT)
    .toWellFormed()
    .normalize('NFKC')
    .slice(0, MAX_TEXT)
    .toLowerCase()
    .replace(FILLERS, '');
  const words: string[] = [];
  for (const [word, dense] of plain.matchAll(WORDS)) {
    if (dense === undefined) words.push(word.replace(APOSTROPHES, ''));
    else pushPairs(words, Array.from(dense));
  }
  return words;
}

function pushPairs(words: string[], characters: readonly string[]): void {
  const [first] = characters;
  if (characters.length === 1 && first !== undefined) words.push(first);
  for (let i = 1; i < characters.length; i++) {
    words.push(`${characters[i - 1] ?? ''}${characters[i] ?? ''}`);
  }
}
