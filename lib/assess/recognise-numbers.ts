import { decimalReadings, NUMBER_PATTERN } from './decimal.ts';
import { strong, weak, type Ask, type Mention } from './mention.ts';
import { NUMBER_WORDS_PATTERN, NUMBER_WORDS_START, numberWordsValue } from './number-words.ts';
import { isStopWord } from './words.ts';
import { COUNTABLE_PATTERN, MEASURE_PATTERN, TIME_UNIT_PATTERN, unitKey } from './units.ts';

const QUALIFIER =
  '(?:(?<qualifier>business|working|calendar|full|more|additional|consecutive|werk|arbeits)[ -]?)?';
const UNIT = `(?<unit>${TIME_UNIT_PATTERN}|${COUNTABLE_PATTERN}|${MEASURE_PATTERN})`;
const AFTER = `(?:[ \\u00a0-]?${QUALIFIER}${UNIT}(?![\\p{L}\\d]))`;
const NOUN = '(?:[ \\u00a0](?<noun>\\p{L}[\\p{L}-]{2,24})(?![\\p{L}\\d]))';
const RANGE = `(?:(?<from>${NUMBER_PATTERN})[ \\u00a0]?(?:-|–|—|to|bis|or)[ \\u00a0]?)?`;
const PERCENT_SIGN =
  '(?:%|percent(?:age points?)?(?!\\p{L})|per cent(?!\\p{L})|pct(?!\\p{L})|prozent(?!\\p{L}))';

const PERCENT = new RegExp(
  `(?=\\d|${NUMBER_WORDS_START})(?<![\\p{L}\\d][.,]?)${RANGE}(?<num>${NUMBER_PATTERN}|${NUMBER_WORDS_PATTERN})[ \\u00a0]?${PERCENT_SIGN}`,
  'giu',
);
const COUNTED = new RegExp(
  `(?=\\d)(?<![\\p{L}\\d/][.,]?)${RANGE}(?<num>${NUMBER_PATTERN})(?:${AFTER}|${NOUN})?(?![\\p{L}\\d/])`,
  'giu',
);
const WRITTEN = new RegExp(
  `(?=${NUMBER_WORDS_START})(?<![\\p{L}\\d-])(?:(?<from>${NUMBER_WORDS_PATTERN})[ \\u00a0](?:to|or)[ \\u00a0])?(?<num>${NUMBER_WORDS_PATTERN})` +
    `[ \\u00a0-]${QUALIFIER}(?<unit>${TIME_UNIT_PATTERN}|${COUNTABLE_PATTERN})(?![\\p{L}\\d])`,
  'giu',
);
/** Numbers that order a text and state nothing: list marks, footnotes, "step 2". */
const STRUCTURE =
  /^[ \t]*\(?\d{1,3}[.)](?=\s)|\[\d{1,3}\]|(?<!\p{L})(?:steps?|options?|points?|pages?|chapters?|sections?|figures?|no\.|nr\.|top|part|level|phase) \d{1,3}(?:\.\d{1,3})?(?!\d)/gimu;
const STRUCTURE_NOUN =
  /^(?:steps?|options?|things?|ways?|questions?|reasons?|points?|different|simple|easy|quick|key|main)$/i;

/** Percentages, also in English words. */
export function recognisePercents(text: string): Mention[] {
  return [...text.matchAll(PERCENT)].flatMap((match) =>
    spans(match).flatMap(({ start, end, num }) => {
      const values = valuesOf(num);
      if (values.length === 0) return [];
      const keys = values.map((value) => `percent:${value}`);
      return {
        kind: 'percent' as const,
        start,
        end,
        value: `${values[0] ?? ''} %`,
        family: 'percent',
        offers: keys,
        asks: keys.map(strong),
      };
    }),
  );
}

/** Other numbers with their units; number words only before units and things that are counted. */
export function recogniseNumbers(text: string): Mention[] {
  const cleaned = text.replace(STRUCTURE, (found) => '\ufffc'.repeat(found.length));
  return [WRITTEN, COUNTED].flatMap((pattern) =>
    [...cleaned.matchAll(pattern)].flatMap((match) => {
      const { qualifier = '', noun } = match.groups ?? {};
      const found = match.groups?.['unit'] ?? '';
      const isNoun = noun !== undefined && !isStopWord(noun);
      if (isNoun && STRUCTURE_NOUN.test(noun)) return [];
      const unit = found === '' && isNoun ? noun : found;
      const tail = found === '' ? (noun === undefined || isNoun ? 0 : noun.length + 1) : 0;
      return spans(match, tail).flatMap(({ start, end, num }) => {
        const mention = numberMention(start, end, num, qualifier, unit);
        return mention === null ? [] : [mention];
      });
    }),
  );
}

function numberMention(
  start: number,
  end: number,
  num: string,
  qualifier: string,
  unit: string,
): Mention | null {
  const values = valuesOf(num);
  const [first] = values;
  if (first === undefined) return null;
  const anyKeys = values.map((value) => `any:${value}`);
  if (unit === '') return bareMention(start, end, num, values, first);
  const read = values.map((value) => unitKey(value, qualifier, unit));
  return {
    kind: 'number',
    start,
    end,
    value: read[0]?.shown ?? first,
    family: read[0]?.family ?? 'count',
    offers: [...read.map(({ key }) => key), ...anyKeys],
    asks: [
      ...read.map(({ key }) => strong(key)),
      // "Quantity: 2" in a record supports "2 parcels" where the words around agree.
      ...values.map((value) => weak(`bare:${value}`)),
      ...(read[0]?.family === 'duration' ? [] : anyKeys.map(weak)),
    ],
  };
}

function bareMention(
  start: number,
  end: number,
  num: string,
  values: readonly string[],
  first: string,
): Mention {
  const isId = /^\d{3,}$/.test(num);
  // A bare 1956 may be a year or a count: it is found as both, and no count differs from it.
  const isYear = /^(?:19|20)\d{2}$/.test(num);
  const padded = values.map((value) => (value.includes('.') ? value : `${value}.00`));
  const asks: Ask[] = values.flatMap((value) => [strong(`bare:${value}`), weak(`any:${value}`)]);
  return {
    kind: 'number',
    start,
    end,
    value: first,
    family: isYear ? 'year' : 'count',
    offers: [
      ...values.flatMap((value) => [`bare:${value}`, `any:${value}`]),
      ...padded.map((value) => `bare:${value.replace(/\.(\d)$/, '.$10')}`),
      ...(isId ? [`id:${num}`] : []),
      ...(isYear ? [`year:${num}`] : []),
    ],
    asks: [
      ...asks,
      ...padded.map((value) => weak(`figure:${value.replace(/\.(\d)$/, '.$10')}`)),
      ...(isId ? [strong(`id:${num}`), strong(`id-tail:${num}`)] : []),
      ...(isYear ? [strong(`year:${num}`)] : []),
    ],
  };
}

function valuesOf(num: string): string[] {
  if (/\d/.test(num)) return decimalReadings(num, false);
  const value = numberWordsValue(num);
  return value === null ? [] : [value];
}

/** The places of a number and, in a range ("3–5 days"), of the one before it. */
function spans(match: RegExpExecArray, tail = 0): { start: number; end: number; num: string }[] {
  const { from, num = '' } = match.groups ?? {};
  const end = match.index + match[0].length - tail;
  if (from === undefined) return [{ start: match.index, end, num }];
  const start = match.index + match[0].indexOf(num, from.length);
  return [
    { start: match.index, end: match.index + from.length, num: from },
    { start, end, num },
  ];
}
