import { hiddenMarks } from '../domain/hidden.ts';

/** A text as a reader sees it, of the same words, with the way back to the original offsets. */
export interface Readable {
  /** Hidden characters removed; digits, widths, hyphens and narrow spaces folded one to one. */
  text: string;
  /** Original UTF-16 offset of an offset in `text`. */
  originalOf: (offset: number) => number;
}

/** Non-breaking, figure, thin and narrow spaces all become this one. */
const NARROW_SPACES = /[\u00a0\u2007\u2009\u200a\u202f]/gu;
/** Beyond Latin letters, their marks, common punctuation and currency signs: may be hidden. */
const MAY_HIDE = /[^\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u202f-\u205e\u20a0-\u20c0]/;
const DIGIT = /\p{Nd}/u;
const FOLDED = /[\uff01-\uff5e\u2010\u2011\u2212\u2018\u2019\u02bc]|(?![0-9])\p{Nd}/gu;

/** The readable form of a text. A value cut by invisible characters reads as the reader reads it. */
export function readable(original: string): Readable {
  const kept: string[] = [];
  const shifts: { from: number; shift: number }[] = [];
  let at = 0;
  let shift = 0;
  for (const mark of MAY_HIDE.test(original) ? hiddenMarks(original) : []) {
    if (mark.name === 'look-alike' || mark.name === 'lone-surrogate') continue;
    kept.push(original.slice(at, mark.start));
    at = mark.start + mark.char.length;
    shift += mark.char.length;
    shifts.push({ from: at - shift, shift });
  }
  kept.push(original.slice(at));
  const text = kept.join('').replace(NARROW_SPACES, '\u00a0').replace(FOLDED, foldChar);
  return { text, originalOf: (offset) => offset + shiftAt(shifts, offset) };
}

function shiftAt(shifts: readonly { from: number; shift: number }[], offset: number): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.from ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return shifts[low - 1]?.shift ?? 0;
}

/** One character for one: the length of the text stays. */
function foldChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x2018 || code === 0x2019 || code === 0x2bc) return "'";
  if (code === 0x2010 || code === 0x2011 || code === 0x2212) return '-';
  if (code > 0xffff) return char;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCharCode(code - value - 1))) value += 1;
  return String(value);
}

/**
 * How much of a text is read: at most `units` UTF-16 units and `numbers` runs of digits, which bound
 * the work that facts make. `numbers` of the answer is how many stand in the part that is read.
 */
export function readLength(
  text: string,
  units: number,
  numbers: number,
): { units: number; numbers: number } {
  const most = Math.min(text.length, units);
  let count = 0;
  let inNumber = false;
  for (let at = 0; at < most; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code < 0x660 ? code >= 0x30 && code <= 0x39 : DIGIT.test(text.charAt(at));
    if (isDigit && !inNumber) {
      if (count === numbers) return { units: at, numbers: count };
      count += 1;
    }
    inNumber = isDigit;
  }
  return { units: most, numbers: count };
}
