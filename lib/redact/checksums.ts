/** Check digits, each after its public definition. All take bare digits or letters, no separators. */

const digitsOf = (text: string) => Array.from(text, Number);

/** Luhn (ISO/IEC 7812-1 annex B): cards, SIN, personnummer, and NPI behind its prefix 80840. */
export function luhn(digits: string): boolean {
  let sum = 0;
  digitsOf(digits)
    .reverse()
    .forEach((digit, place) => {
      const doubled = place % 2 === 1 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    });
  return sum % 10 === 0;
}

/** Remainder by 97 of a decimal string of any length (ISO/IEC 7064, ISO 13616). */
export function mod97(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** Sum of the digits, each times its weight. */
export function weighted(digits: string, weights: readonly number[]): number {
  return digitsOf(digits).reduce((sum, digit, place) => sum + digit * (weights[place] ?? 0), 0);
}

/** ISO/IEC 7064 MOD 11,10, the check of the German tax id. */
export function mod11by10(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

const TURNS = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901'];
const PERMUTED = [...TURNS, '2793806415', '7046913258'];

/** Verhoeff (1969), the check of Aadhaar: multiplication in the dihedral group D5. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  digitsOf(digits)
    .reverse()
    .forEach((digit, place) => {
      check = timesD5(check, Number(PERMUTED[place % 8]?.[digit] ?? 0));
    });
  return check === 0;
}

/** Product in D5: 0–4 turn a pentagon, 5–9 turn it over first. */
function timesD5(a: number, b: number): number {
  const turned = a < 5 ? (a + (b % 5)) % 5 : (a - (b % 5) + 10) % 5;
  return a < 5 === b < 5 ? turned : turned + 5;
}

/** A day that the calendar has; `year` with all its digits. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}
