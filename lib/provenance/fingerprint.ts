import { wordsOf } from './words.ts';

/** 32-bit FNV-1a over UTF-16 units (draft-eastlake-fnv, with units in place of octets). */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) {
    hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  }
  return hash;
}

/** Joins two word hashes, order kept; ends with MurmurHash3's 32-bit finaliser. */
function hashPair(first: number, second: number): number {
  let hash = (Math.imul(first, 0x9e3779b1) + second) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Hash of each word pair in text order, repeats kept: one fewer than there are words. */
export function gramsOf(text: string): Uint32Array {
  return pairHashes(wordsOf(text));
}

/** As `gramsOf`, for words already cut. */
export function pairHashes(words: readonly string[]): Uint32Array {
  const grams = new Uint32Array(Math.max(0, words.length - 1));
  let before = 0;
  for (const [i, word] of words.entries()) {
    const hash = hashWord(word);
    if (i > 0) grams[i - 1] = hashPair(before, hash);
    before = hash;
  }
  return grams;
}

/**
 * What is kept of an output to know it again: the distinct hashed word pairs, ascending. It is
 * structured-cloneable, so a store keeps it as it is; a text of under two words gives none.
 */
export function fingerprint(text: string): Uint32Array {
  return Uint32Array.from(new Set(gramsOf(text))).sort();
}
