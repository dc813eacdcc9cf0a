/** Digits with separators of any locale; at most 15 digits. For use inside other patterns. */
export const NUMBER_PATTERN =
  "(?:\\d{1,3}(?:[.,'\\u00a0 ]\\d{3}){1,4}(?:[.,]\\d{1,2})?|" +
  '\\d{1,2}(?:,\\d{2}){1,4},\\d{3}(?:\\.\\d{1,2})?|' +
  '\\d{1,15}(?:[.,]\\d{1,4})?)(?!\\d)(?![.,]\\d)';

/**
 * The ways a written number can be read, likeliest first: `1,299` is 1299 or 1.299. Canonical form:
 * point as decimal sign, no leading or trailing zeros. `money` prefers thousands for `1.299`.
 */
export function decimalReadings(raw: string, money: boolean): string[] {
  const plain = raw.replace(/[ '\u00a0]/g, '');
  const marks = [...plain.matchAll(/[.,]/g)].map((match) => match[0]);
  const last = marks.at(-1);
  if (last === undefined) return [canonical(plain, '')];
  const at = plain.lastIndexOf(last);
  const whole = plain.slice(0, at).replace(/[.,]/g, '');
  const fraction = plain.slice(at + 1);
  const grouped = canonical(whole + fraction, '');
  const split = canonical(whole, fraction);
  if (marks.filter((mark) => mark === last).length > 1) return [grouped];
  if (marks.length > 1 || fraction.length !== 3 || whole.length > 3 || whole === '0') {
    return [split];
  }
  return money || last === ',' ? [grouped, split] : [split, grouped];
}

/** Moves the decimal point of a canonical number to the right, e.g. for "1.2k". */
export function scaled(value: string, places: number): string {
  const [whole = '', fraction = ''] = value.split('.');
  const padded = fraction.padEnd(places, '0');
  return canonical(whole + padded.slice(0, places), padded.slice(places));
}

/** At least two decimals, as amounts are written. */
export function withCents(value: string): string {
  const [whole = '', fraction = ''] = value.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

function canonical(whole: string, fraction: string): string {
  const left = whole.replace(/^0+(?=\d)/, '');
  const right = fraction.replace(/0+$/, '');
  return (left === '' ? '0' : left) + (right === '' ? '' : `.${right}`);
}
