/** Kinds of characters that a reader cannot see, or takes for another letter. */
export type HiddenName =
  | 'zero-width'
  | 'soft-hyphen'
  | 'bidi'
  | 'tag'
  | 'variation-selector'
  | 'filler'
  | 'control'
  | 'lone-surrogate'
  | 'look-alike';

/** A run of hidden characters of one kind. */
export interface HiddenPart {
  /** Code point of the first one, e.g. `U+200B`. */
  hidden: string;
  name: HiddenName;
  /** How many stand here in a row. */
  times: number;
  /** What a reader sees of them: the letters for `look-alike`, '' for the others. */
  shows: string;
}

/** A text cut into what can be read and what is hidden. */
export interface Revealed {
  parts: ({ text: string } | HiddenPart)[];
  /** Hidden characters in all, also those past the last part. */
  count: number;
}

/** Most parts returned; past them each hidden character is shown as U+FFFD in the last text. */
export const MAX_HIDDEN_PARTS = 4000;

const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}\p{Cs}]/u;
const STYLED = /[\u{1d400}-\u{1d7ff}]/u;
const LOOK_ALIKES = new Set(
  'аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅҺԌԚԜοανικυρτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'.normalize('NFC'),
);
const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const JOINING =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Syriac}\p{Script=Mongolian}]/u;
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
/** A mobile subdivision flag: black flag, tag letters, cancel tag (UTS 51, ED-14a). */
const FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}/gu;
/** The look-behind makes one try per word: linear also in one endless word. */
const SUSPECT_WORD =
  /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{M}\p{N}]*[\p{Script=Cyrillic}\p{Script=Greek}][\p{L}\p{M}\p{N}]*/gu;

/**
 * Cuts a text into readable and hidden parts: zero-width and bidi controls, tag characters, soft
 * hyphens, variation selectors, fillers, controls, lone surrogates, and look-alike letters in words
 * of mixed script (UTS 39). Not hidden: joiners inside scripts and emoji that need them, direction
 * marks in text with right-to-left letters, caret fillers at line ends (canonical rule v1).
 * Linear; never throws.
 */
export function revealHidden(text: string): Revealed {
  const marks = hiddenMarks(text);
  const parts: Revealed['parts'] = [];
  let shown = '';
  const flush = () => {
    if (shown !== '') parts.push({ text: shown });
    shown = '';
  };
  let at = 0;
  for (const mark of marks) {
    shown += text.slice(at, mark.start);
    at = mark.start + mark.char.length;
    const last = shown === '' ? parts.at(-1) : undefined;
    if (last !== undefined && 'hidden' in last && last.name === mark.name) {
      last.times += 1;
      last.shows += mark.name === 'look-alike' ? mark.char : '';
    } else if (parts.length >= MAX_HIDDEN_PARTS) {
      shown += '\ufffd';
    } else {
      flush();
      parts.push({
        hidden: codeOf(mark.char),
        name: mark.name,
        times: 1,
        shows: mark.name === 'look-alike' ? mark.char : '',
      });
    }
  }
  shown += text.slice(at);
  flush();
  return { parts, count: marks.length };
}

/** One hidden character and where it stands, in UTF-16 units. */
export interface HiddenMark {
  start: number;
  char: string;
  name: HiddenName;
}

/** Every hidden character of a text in order; the list behind `revealHidden`. */
export function hiddenMarks(text: string): HiddenMark[] {
  const invisible = new RegExp(`${INVISIBLE.source}|${STYLED.source}`, 'gu');
  const rightToLeft = RTL.test(text);
  const allowed = allowedRanges(text);
  const marks: HiddenMark[] = [];
  let next = 0;
  for (const match of text.matchAll(invisible)) {
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

function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function nameOf(char: string): HiddenName {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x1d400 && code <= 0x1d7ff) return 'look-alike';
  if (code >= 0xd800 && code <= 0xdfff) return 'lone-surrogate';
  if (code === 0xad) return 'soft-hyphen';
  if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) {
    return 'variation-selector';
  }
  if (code >= 0xe0000 && code <= 0xe0fff) return 'tag';
  if (isBidi(code)) return 'bidi';
  if (code < 0xa0 || (code >= 0xfff9 && code <= 0xfffb)) return 'control';
  if ((code >= 0x200b && code <= 0x200d) || (code >= 0x2060 && code <= 0x206f)) return 'zero-width';
  return code === 0xfeff ? 'zero-width' : 'filler';
}

function isBidi(code: number): boolean {
  return (
    code === 0x61c ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** True where the script, an emoji or an editor needs the character. */
function isAtHome(text: string, start: number, char: string, rightToLeft: boolean): boolean {
  const before = lastCodePoint(text, start);
  const after = String.fromCodePoint(text.codePointAt(start + char.length) ?? 0x20);
  if (char === '\u200d' && PICTOGRAPH.test(before) && PICTOGRAPH.test(after)) return true;
  if (char === '\u200c' || char === '\u200d') return JOINING.test(before);
  if (char === '\ufe0f' || char === '\ufe0e') return /[\p{Emoji}]/u.test(before);
  if (/[\u{e0100}-\u{e01ef}]/u.test(char)) return /\p{Script=Han}/u.test(before);
  if (/[\u180b-\u180f]/u.test(char)) return /\p{Script=Mongolian}/u.test(before);
  if (/[\u200e\u200f\u061c]/u.test(char)) return rightToLeft;
  return false;
}

/** Flags spelt with tag letters, and caret fillers at line edges, as [start, end) in order. */
function allowedRanges(text: string): [number, number][] {
  const ranges: [number, number][] = [];
  for (const match of text.matchAll(FLAG)) {
    ranges.push([match.index, match.index + match[0].length]);
  }
  for (const match of text.matchAll(/[ \u200b\ufeff]+/g)) {
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
  const words = [...text.matchAll(SUSPECT_WORD)].filter((match) => {
    const letters = [...match[0]].filter((letter) => !/[\p{Script=Latin}\p{N}\p{M}]/u.test(letter));
    return letters.every((letter) => LOOK_ALIKES.has(letter));
  });
  if (words.length === 0) return [];
  const other = [...text.matchAll(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu)];
  const foreignText = other.some((match) => !LOOK_ALIKES.has(match[0]));
  const latinText = /\p{Script=Latin}{3}/u.test(text);
  return words.flatMap((match) => {
    const mixed = /\p{Script=Latin}/u.test(match[0]) && match[0].length > 2;
    const alone = !foreignText && latinText && match[0].length > 2;
    if (!mixed && !alone) return [];
    return [...match[0].matchAll(/./gsu)]
      .filter((letter) => LOOK_ALIKES.has(letter[0]))
      .map((letter) => ({
        start: match.index + letter.index,
        char: letter[0],
        name: 'look-alike' as const,
      }));
  });
}
