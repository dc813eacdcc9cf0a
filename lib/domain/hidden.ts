/** Kinds of characters that a reader cannot see, or takes for another letter. */
type HiddenName =
  | 'zero-width'
  | 'soft-hyphen'
  | 'bidi'
  | 'tag'
  | 'variation-selector'
  | 'filler'
  | 'control'
  | 'lone-surrogate'
  | 'look-alike';

/** One hidden character and where it stands, in UTF-16 units. */
export interface HiddenMark {
  start: number;
  char: string;
  name: HiddenName;
}

/** Code points by what they are (Unicode 17: Cc, Cf, default-ignorable, blanks), in order. */
const RANGES: readonly (readonly [first: number, last: number, name: HiddenName])[] = [
  [0x0000, 0x0008, 'control'],
  [0x000e, 0x001f, 'control'],
  [0x007f, 0x0084, 'control'],
  [0x0086, 0x009f, 'control'],
  [0x00ad, 0x00ad, 'soft-hyphen'],
  [0x034f, 0x034f, 'filler'],
  [0x061c, 0x061c, 'bidi'],
  [0x115f, 0x1160, 'filler'],
  [0x17b4, 0x17b5, 'filler'],
  [0x180b, 0x180f, 'filler'],
  [0x200b, 0x200d, 'zero-width'],
  [0x200e, 0x200f, 'bidi'],
  [0x202a, 0x202e, 'bidi'],
  [0x2060, 0x2065, 'zero-width'],
  [0x2066, 0x2069, 'bidi'],
  [0x206a, 0x206f, 'zero-width'],
  [0x2800, 0x2800, 'filler'],
  [0x3164, 0x3164, 'filler'],
  [0xd800, 0xdfff, 'lone-surrogate'],
  [0xfe00, 0xfe0f, 'variation-selector'],
  [0xfeff, 0xfeff, 'zero-width'],
  [0xffa0, 0xffa0, 'filler'],
  [0xfff9, 0xfffb, 'control'],
  [0x1d173, 0x1d17a, 'filler'],
  // Mathematical letters and digits: "𝟏𝟐𝟎" reads as 120 and is none.
  [0x1d400, 0x1d7ff, 'look-alike'],
  [0xe0000, 0xe00ff, 'tag'],
  [0xe0100, 0xe01ef, 'variation-selector'],
  [0xe01f0, 0xe0fff, 'tag'],
];
const escaped = (code: number) => `\\u{${code.toString(16)}}`;
const SUSPECT = new RegExp(
  `[${RANGES.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join('')}]`,
  'gu',
);

/** Cyrillic and Greek letters that look like Latin ones (UTS 39, common subset). */
const LOOK_ALIKES = new Set('аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅҺԌԚԜοανικυρτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'.split(''));
const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const JOINING =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Syriac}\p{Script=Mongolian}]/u;
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f/u;
/** A mobile subdivision flag: black flag, tag letters, cancel tag (UTS 51, ED-14a). */
const FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}/gu;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
/** The look-behind makes one try per word: linear also in one endless word. */
const FOREIGN_WORD =
  /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{M}\p{N}]*[\p{Script=Cyrillic}\p{Script=Greek}][\p{L}\p{M}\p{N}]*/gu;

/**
 * Every hidden character of a text, in order: zero-width and bidi controls, tag characters, soft
 * hyphens, variation selectors, fillers, controls, lone surrogates, and look-alike letters in words
 * of mixed script. Not hidden: joiners inside scripts and emoji that need them, direction marks in
 * text with right-to-left letters, caret fillers at line ends (canonical rule v1). Linear; never
 * throws.
 */
export function hiddenMarks(text: string): HiddenMark[] {
  if (!/[^\t\n\r -~]/.test(text)) return [];
  const rightToLeft = RTL.test(text);
  const allowed = allowedRanges(text);
  const marks: HiddenMark[] = [];
  let next = 0;
  for (const match of text.matchAll(SUSPECT)) {
    const start = match.index;
    const char = match[0];
    while ((allowed[next]?.[1] ?? Infinity) <= start) next += 1;
    if (start >= (allowed[next]?.[0] ?? Infinity)) continue;
    if (!isAtHome(text, start, char, rightToLeft)) {
      marks.push({ start, char, name: nameOf(char) });
    }
  }
  const found = lookAlikes(text);
  return found.length === 0 ? marks : [...marks, ...found].sort((a, b) => a.start - b.start);
}

function nameOf(char: string): HiddenName {
  const code = char.codePointAt(0) ?? 0;
  return RANGES.find(([, last]) => code <= last)?.[2] ?? 'control';
}

/** True where the script, an emoji or the direction of the text needs the character. */
function isAtHome(text: string, start: number, char: string, rightToLeft: boolean): boolean {
  const code = char.codePointAt(0) ?? 0;
  const before = lastCodePoint(text, start);
  const after = String.fromCodePoint(text.codePointAt(start + char.length) ?? 0x20);
  if (char === '\u200d' && PICTOGRAPH.test(before) && PICTOGRAPH.test(after)) return true;
  if (char === '\u200c' || char === '\u200d') return JOINING.test(before);
  if (char === '\ufe0f' || char === '\ufe0e') return /\p{Emoji}/u.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{Script=Han}/u.test(before);
  if (code >= 0x180b && code <= 0x180f) return /\p{Script=Mongolian}/u.test(before);
  if (/[\u200e\u200f\u061c]/u.test(char)) return rightToLeft;
  return false;
}

/** Flags spelt with tag letters, and caret fillers at line edges, as [start, end) in order. */
function allowedRanges(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  for (const match of text.matchAll(FLAG)) {
    ranges.push([match.index, match.index + match[0].length]);
  }
  const fillers = /[\u200b\ufeff]/.test(text) ? text.matchAll(/[ \u200b\ufeff]+/g) : [];
  for (const match of fillers) {
    const end = match.index + match[0].length;
    const atStart = match.index === 0 || text[match.index - 1] === '\n';
    const atEnd = end === text.length || text[end] === '\n';
    if (atStart || atEnd) ranges.push([match.index, end]);
  }
  return ranges.sort((a, b) => a[0] - b[0]);
}

function lastCodePoint(text: string, end: number): string {
  const low = text.charAt(end - 1);
  return /[\udc00-\udfff]/.test(low) ? text.slice(Math.max(0, end - 2), end) : low;
}

/** Look-alike letters in words that mix them with Latin, or that stand alone in Latin text. */
function lookAlikes(text: string): HiddenMark[] {
  if (!FOREIGN.test(text)) return [];
  const words = [...text.matchAll(FOREIGN_WORD)].filter((match) =>
    [...match[0].matchAll(/[^\p{Script=Latin}\p{N}\p{M}]/gu)].every(([letter]) =>
      LOOK_ALIKES.has(letter),
    ),
  );
  if (words.length === 0) return [];
  const foreign = [...text.matchAll(new RegExp(FOREIGN, 'gu'))];
  const isForeignText = foreign.some(([letter]) => !LOOK_ALIKES.has(letter));
  const isLatinText = /\p{Script=Latin}{3}/u.test(text);
  return words.flatMap((match) => {
    const isMixed = /\p{Script=Latin}/u.test(match[0]);
    const isAlone = !isForeignText && isLatinText;
    if (match[0].length < 3 || !(isMixed || isAlone)) return [];
    return [...match[0].matchAll(/./gsu)]
      .filter(([letter]) => LOOK_ALIKES.has(letter))
      .map((letter) => ({
        start: match.index + letter.index,
        char: letter[0],
        name: 'look-alike' as const,
      }));
  });
}
