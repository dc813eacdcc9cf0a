/**
 * The text as the recognisers read it: digits of other scripts and full-width signs as ASCII, all
 * dashes and spaces alike, invisible characters gone. `at[i]` is where unit `i` of the view stands in
 * the text (`at` has one entry more, for the end).
 */
export interface View {
  text: string;
  at: Uint32Array;
}

/** Stands for each unit of a placeholder; no text that is read holds it (a noncharacter). */
export const MASK = '\uffff';

/** First digit of each decimal block in use (Unicode, general category Nd). */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
  0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
];
const INVISIBLE = /[\p{Cf}\u034f\ufe00-\ufe0f]/u;
const SPACE = /[\p{Zs}]/u;
const DASH = /[\p{Pd}\u2212]/u;
const ASCII = /^[\0-\x7f]*$/;

/** Reads `text` as the recognisers do; `hidden` ranges (sorted, apart) become masks. */
export function viewOf(text: string, hidden: readonly { from: number; to: number }[]): View {
  const at = new Uint32Array(text.length + 1);
  const parts: string[] = [];
  let length = 0;
  let next = 0;
  for (const { from, to } of [...hidden, { from: text.length, to: text.length }]) {
    length = fold(text.slice(next, from), next, parts, at, length);
    for (let i = from; i < to; i += 1) at[length++] = i;
    parts.push(MASK.repeat(to - from));
    next = to;
  }
  at[length] = text.length;
  return { text: parts.join(''), at: at.subarray(0, length + 1) };
}

function fold(part: string, start: number, parts: string[], at: Uint32Array, from: number): number {
  let length = from;
  if (ASCII.test(part)) {
    for (let i = 0; i < part.length; i += 1) at[length++] = start + i;
    parts.push(part);
    return length;
  }
  let here = start;
  for (const sign of part) {
    const read = sign < '\x80' ? sign : plain(sign);
    for (let i = 0; i < read.length; i += 1) at[length++] = here + Math.min(i, sign.length - 1);
    parts.push(read);
    here += sign.length;
  }
  return length;
}

function plain(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code === 0xffff) return ' ';
  if (INVISIBLE.test(sign)) return '';
  if (SPACE.test(sign)) return ' ';
  if (DASH.test(sign)) return '-';
  for (const zero of ZEROS) if (code >= zero && code < zero + 10) return String(code - zero);
  const isWide = code >= 0xff01 && code <= 0xff5e;
  const isStyled = code >= 0x1d400 && code <= 0x1d7ff;
  return isWide || isStyled ? sign.normalize('NFKC') : sign;
}
