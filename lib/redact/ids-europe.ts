import { isDay, luhn, mod11by10, mod97, weighted } from './checksums.ts';
import { bare, free, THING, words, type Recogniser } from './recogniser.ts';

const number = (digits: string, from: number, to: number) => Number(digits.slice(from, to));

/** Steuerliche Identifikationsnummer (§ 139b AO): one digit of the first ten comes two or three times. */
function isTaxId(value: string): boolean {
  const digits = bare(value);
  const counts = Array.from('0123456789', (sign) => digits.slice(0, 10).split(sign).length - 1);
  const more = counts.filter((count) => count > 1);
  return !digits.startsWith('0') && more.length === 1 && (more[0] ?? 0) <= 3 && mod11by10(digits);
}

/** NIR (INSEE): 97 less the rest of the first thirteen, Corsica counted as 19 and 18. */
function isNir(value: string): boolean {
  const signs = bare(value).toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - mod97(signs.slice(0, 13)) === number(signs, 13, 15);
}

/** DNI and NIE (Spain): the letter is the number's rest by 23; X, Y, Z lead as 0, 1, 2. */
function isNif(value: string): boolean {
  const signs = bare(value).toUpperCase();
  const digits = signs.slice(0, 8).replace(/^[XYZ]/, (sign) => String('XYZ'.indexOf(sign)));
  return signs[8] === 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23];
}

const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Codice fiscale (DM 23/12/1976): odd places by table, even ones by value, modulo 26. */
function isFiscalCode(value: string): boolean {
  const sum = Array.from(value.toUpperCase().slice(0, 15)).reduce((total, sign, place) => {
    const worth = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65;
    return total + (place % 2 === 0 ? (ODD[worth] ?? 0) : worth);
  }, 0);
  return value.toUpperCase().charCodeAt(15) - 65 === sum % 26;
}

const isBsn = (value: string) =>
  weighted(bare(value), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && Number(bare(value)) > 0;

/** Belgian national number: 97 less the rest of the first nine, a 2 before them from 2000 on. */
function isBelgian(value: string): boolean {
  const digits = bare(value);
  const body = digits.slice(0, 9);
  const check = number(digits, 9, 11);
  return 97 - mod97(body) === check || 97 - mod97(`2${body}`) === check;
}

/** PESEL: the month also tells the century (1900s and 2000s are taken). */
function isPesel(digits: string): boolean {
  const month = number(digits, 2, 4);
  const year = (month > 20 ? 2000 : 1900) + number(digits, 0, 2);
  return (
    isDay(year, month > 20 ? month - 20 : month, number(digits, 4, 6)) &&
    weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
  );
}

/** Personnummer and samordningsnummer (day + 60). */
function isSwedish(value: string): boolean {
  const digits = bare(value).slice(-10);
  const day = number(digits, 4, 6);
  return isDay(2000, number(digits, 2, 4), day > 60 ? day - 60 : day) && luhn(digits);
}

const isDanish = (value: string) => isDay(2000, number(value, 2, 4), number(value, 0, 2));

/** Fødselsnummer and D-nummer (day + 40): two check digits, each modulo 11. */
function isNorwegian(value: string): boolean {
  const digits = bare(value);
  const day = number(digits, 0, 2);
  return (
    isDay(2000, number(digits, 2, 4), day > 40 ? day - 40 : day) &&
    weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
}

/** Henkilötunnus: the last sign is the rest of the nine digits by 31. */
function isFinnish(value: string): boolean {
  const rest = Number(value.slice(0, 6) + value.slice(7, 10)) % 31;
  return (
    isDay(2000, number(value, 2, 4), number(value, 0, 2)) &&
    value[10]?.toUpperCase() === '0123456789ABCDEFHJKLMNPRSTUVWXY'[rest]
  );
}

/** CPF (Brazil): two check digits, modulo 11 with 10 as 0; all digits alike are not given out. */
function isCpf(value: string): boolean {
  const digits = bare(value);
  const holds = (length: number) => {
    const weights = Array.from({ length }, (_, place) => length + 1 - place);
    return ((weighted(digits, weights) * 10) % 11) % 10 === Number(digits[length]);
  };
  return !/^(\d)\1{10}$/.test(digits) && holds(9) && holds(10);
}

const TAX_WORDS = words('steuer|id-?nr|tin(?!\\p{L})|finanzamt|tax id');
const BELGIAN_WORDS = words('rijksregister|registre national|numéro national|niss|insz');
const NORDIC_WORDS = words('pers\\.? ?n|personn|fødsels|fodsels|samordning|d-nummer|födelsenummer');
const CPR_WORDS = words('cpr|personnummer|borger');
const CPF_WORDS = words('cpf|cadastro');

/** Numbers of people in the countries of Europe, and Brazil's CPF, each with its check. */
export const EUROPEAN_IDS: readonly Recogniser[] = [
  {
    kind: 'de-tax-id',
    pattern: free('\\d{2} \\d{3} \\d{3} \\d{3}'),
    check: isTaxId,
    near: TAX_WORDS,
  },
  {
    kind: 'de-tax-id',
    pattern: free('\\d{2}[ /]?\\d{3}[ /]?\\d{3}[ /]?\\d{3}'),
    check: isTaxId,
    near: TAX_WORDS,
    needsNear: true,
  },
  {
    kind: 'fr-nir',
    pattern: free('[1-478] ?\\d{2} ?\\d{2} ?\\d(?:\\d|[AB]) ?\\d{3} ?\\d{3} ?\\d{2}', 'i'),
    check: isNir,
    near: words('nir(?!\\p{L})|sécu|securite sociale|assuré'),
  },
  {
    kind: 'es-nif',
    pattern: free('(?:\\d{8}|[XYZ][ -]?\\d{7})[ -]?[A-HJ-NP-TV-Z]', 'i'),
    check: isNif,
    near: words('dni|nie(?!\\p{L})|nif(?!\\p{L})|documento'),
  },
  {
    kind: 'it-fiscal-code',
    pattern: free('[A-Z]{6}[\\dL-NP-V]{2}[A-EHLMPR-T][\\dL-NP-V]{2}[A-Z][\\dL-NP-V]{3}[A-Z]', 'i'),
    check: isFiscalCode,
  },
  {
    kind: 'nl-bsn',
    pattern: free('\\d{9}|\\d{4}[. ]\\d{2}[. ]\\d{3}'),
    check: isBsn,
    near: words('bsn|burgerservice|sofi'),
    needsNear: true,
  },
  {
    kind: 'be-nrn',
    pattern: free('\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}'),
    check: isBelgian,
    near: BELGIAN_WORDS,
  },
  {
    kind: 'be-nrn',
    pattern: free('\\d{11}'),
    check: isBelgian,
    near: BELGIAN_WORDS,
    needsNear: true,
  },
  {
    kind: 'pl-pesel',
    pattern: free('\\d{11}'),
    check: isPesel,
    near: words('pesel'),
    unless: THING,
  },
  {
    kind: 'se-personnummer',
    pattern: free('(?:19|20)?\\d{6}[-+]\\d{4}'),
    check: isSwedish,
    near: NORDIC_WORDS,
    unless: THING,
  },
  {
    kind: 'se-personnummer',
    pattern: free('(?:19|20)?\\d{10}'),
    check: isSwedish,
    near: NORDIC_WORDS,
    needsNear: true,
  },
  {
    kind: 'dk-cpr',
    pattern: free('\\d{6}-\\d{4}'),
    check: isDanish,
    near: CPR_WORDS,
    unless: THING,
  },
  {
    kind: 'dk-cpr',
    pattern: free('\\d{6} ?\\d{4}'),
    check: isDanish,
    near: CPR_WORDS,
    needsNear: true,
  },
  { kind: 'no-fnr', pattern: free('\\d{6} ?\\d{5}'), check: isNorwegian, near: NORDIC_WORDS },
  {
    kind: 'fi-hetu',
    pattern: free('\\d{6}[-+A-FU-Y]\\d{3}[\\dA-FHJ-NPR-Y]', 'i'),
    check: isFinnish,
    near: words('hetu|henkilö'),
  },
  {
    kind: 'br-cpf',
    pattern: free('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}'),
    check: isCpf,
    near: CPF_WORDS,
  },
  {
    kind: 'br-cpf',
    pattern: free('\\d{11}|\\d{9}-\\d{2}'),
    check: isCpf,
    near: CPF_WORDS,
    needsNear: true,
  },
];
