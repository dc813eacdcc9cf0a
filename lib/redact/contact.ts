import { isDay } from './checksums.ts';
import { bare, END, free, START, THING, words, type Recogniser, type Span } from './recogniser.ts';

const LABEL = 'A-Za-z\\d\\u00c0-\\u024f\\u0370-\\u04ff';
/** The sign and what follows it. */
export const HOST = new RegExp(
  `@(?:[${LABEL}-]{1,63}\\.){1,6}(?:[A-Za-z\\u00c0-\\u024f\\u0370-\\u04ff]{2,24}|xn--[A-Za-z\\d-]{2,58})(?![${LABEL}])`,
  'gu',
);
const LOCAL = new RegExp(`[${LABEL}._%+'&=~!-]`, 'u');
/** RFC 5321 allows 64; more is taken so that no tail of an address stays behind. */
const LOCAL_MAX = 256;

/** E-mail addresses: found at the sign, then read to the left, so that long runs cost nothing. */
export function emails(text: string): Span[] {
  return Array.from(text.matchAll(HOST)).flatMap((match) => {
    let from = match.index;
    const least = Math.max(0, from - LOCAL_MAX);
    while (from > least && LOCAL.test(text[from - 1] ?? '')) from -= 1;
    while (from < match.index && /['.=!&-]/.test(text[from] ?? '')) from += 1;
    if (from === match.index) return [];
    return [{ kind: 'email', from, to: match.index + match[0].length, named: false }];
  });
}

const PHONE_WORDS = words(
  'tel(?!\\p{Ll}{0,3}\\.example)|phone|mobil|móvil|handy|fax|whatsapp|cell|call|ring(?!\\p{L})|dial|rufnummer|ruf(?!\\p{L})|appel|portable|llam|chiam|cellulare|bel(?!\\p{L})|gsm|puhelin|zadzwo|電話|电话|전화',
);
const GAP = '[ ()./-]{0,2}';

/** A date in figures is no phone number, though it has as many digits. */
const isNoDate = (value: string) =>
  !/^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}[./-]\d{2}[./-]\d{2})(?:\D|$)/.test(value);
const hasDigits = (least: number) => (value: string) =>
  bare(value).length >= least && isNoDate(value);

export const PHONES: readonly Recogniser[] = [
  // E.164, with the plus sign or its usual replacement.
  {
    kind: 'phone',
    pattern: new RegExp(`(?<![\\d+])\\+[1-9](?:${GAP}\\d){6,14}${END}`, 'gu'),
    near: PHONE_WORDS,
  },
  {
    kind: 'phone',
    pattern: free(`00[1-9]\\d{0,2}[ ./-](?:${GAP}\\d){6,12}`),
    near: PHONE_WORDS,
    unless: THING,
  },
  // North America.
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<![\\w\\uffff])(?:\\([2-9]\\d{2}\\)[ -]?|[2-9]\\d{2}[-.])[2-9]\\d{2}[-. ]\\d{4}${END}`,
      'gu',
    ),
    near: PHONE_WORDS,
    unless: THING,
  },
  // Trunk prefix 0: Europe, Australia.
  {
    kind: 'phone',
    pattern: free(
      '0[1-9](?:[ .-]\\d{2}){4}|0\\d{2,4}[ /-]\\d{3,4}[ -]?\\d{3,5}|0\\d{2,4}[ /-]\\d{5,8}|0[1-9][ /-]\\d{4}[ -]?\\d{4}|07\\d{9}',
    ),
    check: hasDigits(9),
    near: PHONE_WORDS,
    unless: THING,
  },
  {
    kind: 'phone',
    pattern: new RegExp(`(?<![\\w\\uffff])\\(0\\d{1,5}\\) ?\\d(?:[ /-]?\\d){4,9}${END}`, 'gu'),
    near: PHONE_WORDS,
  },
  // Anything of the right length, when words say what it is.
  {
    kind: 'phone',
    pattern: new RegExp(`${START}\\(?\\d(?:${GAP}\\d){6,13}${END}`, 'gu'),
    check: hasDigits(7),
    near: PHONE_WORDS,
    needsNear: true,
  },
];

const BIRTH = words(
  'born|birth|d\\.?o\\.?b(?!\\p{L})|geboren|geb\\.|geburt|naissance|née?(?!\\p{L})|nacimiento|nacid[oa]|nascita|nat[oa](?!\\p{L})|geboorte|födel|född|fødsel|født|urodz|syntym|nascimento|nascid[oa]|出生|生年月日|생년월일|дат\\p{L} рожд|рожд',
);
const MONTH = '[A-Za-z\\u00c0-\\u024f\\u0400-\\u04ff]{3,12}\\.?';

/** Dates, taken for a birth only when words beside them say so. */
export const BIRTH_DATES: readonly Recogniser[] = [
  {
    kind: 'birth-date',
    pattern: free('\\d{1,2}[./ -]{1,2}\\d{1,2}[./ -]{1,2}(?:\\d{4}|\\d{2})'),
    check: (value) => {
      const [a = 0, b = 0] = value.split(/\D+/).map(Number);
      return isDay(2000, b, a) || isDay(2000, a, b);
    },
    near: BIRTH,
    needsNear: true,
  },
  {
    kind: 'birth-date',
    pattern: free('\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}'),
    near: BIRTH,
    needsNear: true,
  },
  {
    kind: 'birth-date',
    pattern: free(
      `\\d{1,2}(?:\\.|st|nd|rd|th)? (?:de |of )?${MONTH},? (?:de |del )?\\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`,
    ),
    near: BIRTH,
    needsNear: true,
  },
  {
    kind: 'birth-date',
    pattern: /(?<!\d)\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日/gu,
    near: BIRTH,
    needsNear: true,
  },
];
