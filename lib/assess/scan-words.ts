import { stemOf } from './words.ts';

/** A content word of a text: its stem and where it starts. */
export interface ContentWord {
  stem: string;
  start: number;
}

const OTHER_LETTER = /[\p{L}\p{M}]/u;

/**
 * The content words of a text in order; stop words are left out. A word is letters with inner
 * apostrophes. Written as a loop because a pattern makes an object per word.
 */
export function contentWords(text: string): ContentWord[] {
  const words: ContentWord[] = [];
  const stems = new Map<string, string>();
  let start = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 0x20;
    const inWord = start >= 0;
    if (isLetter(code, text, at) || (inWord && (code === 0x27 || code === 0x2019))) {
      if (!inWord) start = at;
    } else if (inWord) {
      const word = text.slice(start, at);
      let stem = stems.get(word);
      if (stem === undefined) {
        stem = stemOf(word);
        stems.set(word, stem);
      }
      if (stem !== '') words.push({ stem, start });
      start = -1;
    }
  }
  return words;
}

function isLetter(code: number, text: string, at: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
  if (code < 0xd800 || code > 0xdfff) return OTHER_LETTER.test(text.charAt(at));
  // Letters beyond the first plane: both halves belong to the word.
  const whole = code < 0xdc00 ? text.slice(at, at + 2) : text.slice(Math.max(0, at - 1), at + 1);
  return OTHER_LETTER.test(whole);
}
