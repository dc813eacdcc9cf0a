const MONTHS: readonly string[] = [
  'january january jan januar jänner janvier enero gennaio januari janeiro',
  'february feb februar februari février fevrier febrero febbraio fevereiro',
  'march mar märz maerz mars marzo maart março',
  'april apr avril abril aprile',
  'may mai mayo maggio mei maio',
  'june jun juni juin junio giugno junho',
  'july jul juli juillet julio luglio julho',
  'august aug août aout agosto augustus',
  'september sep sept septembre septiembre settembre setembro',
  'october oct oktober okt octobre octubre ottobre outubro',
  'november nov novembre noviembre novembro',
  'december dec dezember dez décembre decembre diciembre dicembre dezembro',
];
const WEEKDAYS: readonly string[] = [
  'sunday sonntag dimanche domingo domenica zondag sun',
  'monday montag lundi lunes lunedì maandag mon',
  'tuesday dienstag mardi martes martedì dinsdag tue tues',
  'wednesday mittwoch mercredi miércoles mercoledì woensdag wed',
  'thursday donnerstag jeudi jueves giovedì donderdag thu thur thurs',
  'friday freitag vendredi viernes venerdì vrijdag fri',
  'saturday samstag samedi sábado sabato zaterdag sat',
];
const SHORT_WEEKDAY = /^(?:sun|mon|tues?|wed|thu(?:rs?)?|fri|sat)$/;

const numbered = (rows: readonly string[], first: number) =>
  new Map(rows.flatMap((row, at) => row.split(' ').map((name) => [name, at + first] as const)));
const monthNumbers = numbered(MONTHS, 1);
const weekdayNumbers = numbered(WEEKDAYS, 0);
/** First letters of names: a class that turns most places down before the names are tried. */
const firsts = (names: Iterable<string>) =>
  [...new Set([...names].map((name) => name.charAt(0)))].sort().join('');
const alternation = (names: Iterable<string>) =>
  [...new Set(names)].sort((a, b) => b.length - a.length).join('|');

/** Month names and their short forms in seven languages, longest first (use with the `i` flag). */
export const MONTH_PATTERN = alternation(monthNumbers.keys());
/** Weekday names likewise, with the English short forms. */
export const WEEKDAY_PATTERN = alternation(weekdayNumbers.keys());
/** Weekday names written out. */
export const LONG_WEEKDAY_PATTERN = alternation(
  [...weekdayNumbers.keys()].filter((name) => !SHORT_WEEKDAY.test(name)),
);

/** First letters of `MONTH_PATTERN`, for a character class. */
export const MONTH_FIRSTS = firsts(monthNumbers.keys());
/** First letters of `WEEKDAY_PATTERN`, likewise. */
export const WEEKDAY_FIRSTS = firsts(weekdayNumbers.keys());

/** 1 to 12, or null when it is no month name. */
export function monthNumber(name: string): number | null {
  return monthNumbers.get(name.toLowerCase()) ?? null;
}

/** 0 (Sunday) to 6, or null when it is no weekday name. */
export function weekdayNumber(name: string): number | null {
  return weekdayNumbers.get(name.toLowerCase()) ?? null;
}

/** A calendar day; `year` is null when the text does not say it. */
export interface Day {
  year: number | null;
  month: number;
  day: number;
}

/** True for a day that the calendar has (29 February without a year counts). */
export function isDay({ year, month, day }: Day): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year ?? 2024, month, 0)).getUTCDate();
}

/** Weekday of a full date, 0 (Sunday) to 6. */
export function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** ISO 8601: `2026-11-03`, or `--11-03` without a year. */
export function isoDay({ year, month, day }: Day): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${year === null ? '-' : String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** 1999 or 2026 as written, 26 as 2026. */
export function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}
