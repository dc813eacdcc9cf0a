/** Below this many letters two texts must be all but equal to count as one answer. */
const SHORT = 40;
const PIECE = 12;
const MAX_PIECES = 64;
const SHARE = 0.8;

/** A text without what rendering changes: its letters and digits, in lower case. */
export function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Whether two texts, given as their `letters`, are one answer: what a page renders differs from
 * the wire in mark-up, links and cut ends. Most pieces of the shorter stand in the longer.
 */
export function sameAnswer(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short === '') return long === '';
  if (short.length < SHORT) return long.includes(short) && short.length >= long.length * SHARE;
  const step = Math.max(PIECE, Math.floor(short.length / MAX_PIECES));
  let pieces = 0;
  let found = 0;
  for (let at = 0; at + PIECE <= short.length; at += step) {
    pieces += 1;
    if (long.includes(short.slice(at, at + PIECE))) found += 1;
  }
  return found >= pieces * SHARE;
}
