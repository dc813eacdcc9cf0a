import {
  fullYear,
  isDay,
  isoDay,
  LONG_WEEKDAY_PATTERN,
  MONTH_FIRSTS,
  monthNumber,
  MONTH_PATTERN,
  WEEKDAY_FIRSTS,
  WEEKDAY_PATTERN,
  weekdayNumber,
  weekdayOf,
  type Day,
} from './calendar.ts';
import { strong, weak, type Mention } from './mention.ts';

const START = '(?<![\\p{L}\\d/.-])';
const END = '(?![\\d\\p{L}])(?![/-]\\d)';
const NAME_START = '(?<![\\p{L}\\d/.])';
const NAME_END = '(?![\\d\\p{L}])';
const LEAD = `(?:(?<weekday>${WEEKDAY_PATTERN})\\.?,?[ \\u00a0](?:the |der |den |le |el )?)?`;
const ORDINAL = '(?:st|nd|rd|th|\\.|º|er)?';
const DAY = `(?<day>\\d{1,2})${ORDINAL}`;
const YEAR = '(?<year>(?:19|20)\\d{2})';
const NAME = `(?<name>${MONTH_PATTERN})\\.?`;

const PATTERNS: readonly RegExp[] = [
  new RegExp(
    `(?=\\d)${START}${YEAR}(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})(?=T\\d|${END})`,
    'giu',
  ),
  new RegExp(
    `(?=[\\d${WEEKDAY_FIRSTS}])${NAME_START}${LEAD}(?:(?<other>\\d{1,2})${ORDINAL} ?[-–] ?)?${DAY}[ \\u00a0-]?(?:of |de )?${NAME}` +
      `(?:(?:,? (?:de )?|-|\\u00a0)${YEAR})?${NAME_END}`,
    'giu',
  ),
  new RegExp(
    `(?=[${MONTH_FIRSTS}${WEEKDAY_FIRSTS}])${NAME_START}${LEAD}${NAME}[ \\u00a0](?:the )?${DAY}(?: ?[-–] ?(?<other>\\d{1,2})${ORDINAL})?` +
      `(?:,? ${YEAR})?${NAME_END}`,
    'giu',
  ),
  new RegExp(
    `(?=[\\d${WEEKDAY_FIRSTS}])${START}${LEAD}(?<a>\\d{1,2})(?<mark>[/.-])(?<b>\\d{1,2})\\k<mark>(?<short>(?:19|20)?\\d{2})${END}`,
    'giu',
  ),
  new RegExp(
    `(?<=(?<!\\p{L})(?:on|by|before|until|since|from|am|vom|bis|zum|seit) )(?<a>\\d{1,2})(?<mark>[/.])(?<b>\\d{1,2})\\.?${END}`,
    'giu',
  ),
  // Without a preposition only where one part cannot be a month: "24/7" and "50/50" are no dates.
  new RegExp(`(?=\\d)${START}(?<a>1[3-9]|2\\d|3[01])(?<mark>/)(?<b>0[1-9]|1[0-2])${END}`, 'giu'),
];
const MONTH_OF_YEAR = new RegExp(
  `(?=[${MONTH_FIRSTS}])${NAME_START}${NAME},? ${YEAR}${NAME_END}`,
  'giu',
);
const YEAR_ALONE = new RegExp(
  `(?<=(?<!\\p{L})(?:in|since|until|from|of|year|during|seit|im Jahr) )${YEAR}(?![\\d\\p{L}-])(?![.,]\\d)`,
  'giu',
);
const WEEKDAYS = [
  new RegExp(
    `(?=[${WEEKDAY_FIRSTS}])(?<![\\p{L}\\d])(?<weekday>${LONG_WEEKDAY_PATTERN})s?(?![\\p{L}\\d])`,
    'giu',
  ),
  // Short names are also words ("sat", "sun", "mon"): only with a capital and a preposition.
  /(?<=(?<!\p{L})(?:on|by|until|till|next|this|every|from|to|before|after) )(?<weekday>Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)(?![\p{L}\d])/gu,
];

/** Calendar days, months and years, and weekdays. `03/11/2026` keeps both readings. */
export function recogniseDates(text: string): Mention[] {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)];
  return [
    ...PATTERNS.flatMap((pattern) => all(pattern).flatMap(dayMentions)),
    ...all(MONTH_OF_YEAR).map((match) => {
      const month = String(monthNumber(match.groups?.['name'] ?? '')).padStart(2, '0');
      const value = `${match.groups?.['year'] ?? ''}-${month}`;
      return named(match, value, 'month', `month:${value}`);
    }),
    ...all(YEAR_ALONE).map((match) => ({
      ...named(match, match[0], 'year', `year:${match[0]}`),
      // "the 2010 edition" in a source reads as a count; as a year it is the same.
      asks: [strong(`year:${match[0]}`), strong(`any:${match[0]}`)],
    })),
    ...WEEKDAYS.flatMap((pattern) => all(pattern).map((match) => weekdayMention(match))),
  ];
}

function named(match: RegExpExecArray, value: string, family: string, key: string): Mention {
  return {
    kind: 'date',
    start: match.index,
    end: match.index + match[0].length,
    value,
    family,
    offers: [key],
    asks: [strong(key)],
  };
}

function weekdayMention(match: RegExpExecArray): Mention {
  const name = match.groups?.['weekday'] ?? '';
  const number = weekdayNumber(name) ?? 0;
  return {
    // ISO 8601 counts Monday 1 to Sunday 7.
    ...named(match, `weekday ${number === 0 ? 7 : number}`, 'weekday', `weekday:${number}`),
    end: match.index + name.length,
    asks: [strong(`weekday:${number}`), weak(`weekday-of:${number}`)],
  };
}

function dayMentions(match: RegExpExecArray): Mention[] {
  const groups = match.groups ?? {};
  const readings = readingsOf(groups);
  const days = readings.filter(isDay);
  const [wrong] = readings;
  if (days.length === 0) {
    const isNamed = groups['name'] !== undefined && wrong !== undefined && wrong.day < 32;
    return isNamed ? [noDay(match, isoDay(wrong))] : [];
  }
  const whole: Mention = {
    kind: 'date',
    start: match.index,
    end: match.index + match[0].length,
    value: days.map(isoDay).join('|'),
    family: 'date',
    offers: [...new Set(days.flatMap(offersOf))],
    asks: days.flatMap(asksOf),
  };
  const { weekday, other } = groups;
  if (weekday !== undefined && !fallsOn(days, weekday)) {
    // "Friday, 3 November 2026" that is no Friday: two facts, each checked by itself.
    const after = /^[\p{L}.]+,?[ \u00a0]/u.exec(match[0])?.[0].length ?? 0;
    return [{ ...whole, start: match.index + after }, weekdayMention(match)];
  }
  if (other === undefined || weekday !== undefined) return [whole];
  return rangeOf(match, whole, days, other);
}

/** "30 February": a date that no source offers. */
function noDay(match: RegExpExecArray, value: string): Mention {
  return { ...named(match, value, 'date', `day:${value}`), offers: [] };
}

/** "3–5 November": two days of one month, each with its own place in the text. */
function rangeOf(
  match: RegExpExecArray,
  whole: Mention,
  days: readonly Day[],
  other: string,
): Mention[] {
  const second = days.map((date) => ({ ...date, day: Number(other) })).filter(isDay);
  const leads = match[0].startsWith(other);
  const gap = leads ? /^\d+\D{0,2} ?[-–] ?/.exec(match[0]) : /[-–] ?(?=\d)/.exec(match[0]);
  if (second.length === 0 || gap === null) return [whole];
  const cut = match.index + gap.index + gap[0].length;
  const numberStart = leads ? match.index : cut;
  const mention: Mention = {
    ...whole,
    start: numberStart,
    end: numberStart + other.length,
    value: second.map(isoDay).join('|'),
    offers: [...new Set(second.flatMap(offersOf))],
    asks: second.flatMap(asksOf),
  };
  const first = leads ? { ...whole, start: cut } : { ...whole, end: match.index + gap.index };
  return [first, mention];
}

function fallsOn(days: readonly Day[], weekday: string): boolean {
  const number = weekdayNumber(weekday);
  return days.some(
    ({ year, month, day }) => year === null || weekdayOf(year, month, day) === number,
  );
}

function readingsOf(groups: Record<string, string | undefined>): Day[] {
  const { year, month, day, name, a, b, short } = groups;
  if (a !== undefined && b !== undefined) {
    const known = short === undefined ? null : fullYear(short);
    const dayFirst = { year: known, month: Number(b), day: Number(a) };
    const monthFirst = { year: known, month: Number(a), day: Number(b) };
    return a === b || groups['mark'] === '.' ? [dayFirst] : [dayFirst, monthFirst];
  }
  const known = year === undefined ? null : fullYear(year);
  if (month !== undefined) return [{ year: known, month: Number(month), day: Number(day) }];
  const number = monthNumber(name ?? '');
  // "may 3 people" and "march 2 miles" are no dates: these months need their capital.
  const isWord = /^(?:may|march|mar|mars)$/.test(name ?? '') && known === null;
  return number === null || isWord ? [] : [{ year: known, month: number, day: Number(day) }];
}

function offersOf(date: Day): string[] {
  const yearless = isoDay({ ...date, year: null });
  if (date.year === null) return [`day:${yearless}`, `yearless:${yearless}`];
  const iso = isoDay(date);
  return [
    `day:${iso}`,
    `day:${yearless}`,
    `month:${iso.slice(0, 7)}`,
    `year:${date.year}`,
    `weekday-of:${weekdayOf(date.year, date.month, date.day)}`,
  ];
}

function asksOf(date: Day): Mention['asks'] {
  const iso = isoDay(date);
  if (date.year === null) return [strong(`day:${iso}`)];
  return [strong(`day:${iso}`), strong(`yearless:${isoDay({ ...date, year: null })}`)];
}
