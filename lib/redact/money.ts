import { sha256 } from '@noble/hashes/sha2.js';
import { luhn, mod97, weighted } from './checksums.ts';
import { bare, free, START, words, type Recogniser } from './recogniser.ts';

/** Issuer prefixes with the lengths they use (ISO/IEC 7812; the networks' published ranges). */
const ISSUERS: readonly [RegExp, readonly number[]][] = [
  [/^4/, [16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|3[689])/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16, 19]],
  [/^(?:6011|64[4-9]|65|62|60|81|82)/, [16, 17, 18, 19]],
  [/^220[0-4]/, [16, 19]],
];
const CARD_WORDS = words(
  'card|karte|carte|tarjeta|carta|kort|karta|kortti|cartão|visa|master|amex|maestro|debit|credit|kredit|pan(?!\\p{L})|カード|卡',
);

const isCard = (digits: string) =>
  ISSUERS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) &&
  luhn(digits);
const isAnyCard = (digits: string) => /^[2-6]/.test(digits) && digits.length > 11 && luhn(digits);

/** The longest beginning of the digits in `value`, cut where a group ends, that `check` accepts. */
const prefixThat = (check: (digits: string) => boolean) => (value: string) => {
  const digits = bare(value);
  let count = digits.length;
  for (let to = value.length; count > 11; to -= 1) {
    if (!isDigit(value[to - 1])) continue;
    if (!isDigit(value[to]) && check(digits.slice(0, count))) return to;
    count -= 1;
  }
  return 0;
};
const isDigit = (sign: string | undefined) => sign !== undefined && sign >= '0' && sign <= '9';

/** Length of an IBAN by country (SWIFT IBAN registry). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20'
    .match(/.{4}/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]) ?? [],
);

/** How much of `value` is an IBAN: what follows it may look as if it went on. */
function ibanLength(value: string): number {
  const length = IBAN_LENGTHS.get(value.slice(0, 2).toUpperCase()) ?? 0;
  let to = 0;
  for (let signs = 0; signs < length && to < value.length; to += 1)
    if (/[A-Za-z\d]/.test(value[to] ?? '')) signs += 1;
  const iban = bare(value.slice(0, to)).toUpperCase();
  if (length === 0 || iban.length !== length || /[A-Za-z\d]/.test(value[to] ?? '')) return 0;
  const turned = iban.slice(4) + iban.slice(0, 4);
  return mod97(turned.replace(/[A-Z]/g, (sign) => String(sign.charCodeAt(0) - 55))) === 1 ? to : 0;
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58Check as Bitcoin uses it: 21 bytes and the first four of their double SHA-256. */
function isBase58Check(text: string): boolean {
  let number = 0n;
  for (const sign of text) number = number * 58n + BigInt(BASE58.indexOf(sign));
  const bytes = new Uint8Array(25);
  for (let i = 24; i >= 0; i -= 1, number >>= 8n) bytes[i] = Number(number & 255n);
  const check = sha256(sha256(bytes.subarray(0, 21)));
  return number === 0n && [0, 1, 2, 3].every((i) => bytes[21 + i] === check[i]);
}

const ABA_WORDS = words('routing|aba(?!\\p{L})|rtn(?!\\p{L})|transit|wire');
const isAba = (value: string) =>
  /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(value) &&
  weighted(value, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;

export const MONEY: readonly Recogniser[] = [
  {
    kind: 'iban',
    pattern: new RegExp(`${START}[A-Z]{2}\\d{2}(?:[ .-]?[A-Z\\d]){11,30}`, 'giu'),
    check: ibanLength,
  },
  {
    kind: 'card',
    pattern: new RegExp(`${START}\\d(?:[ .-]{0,2}\\d){12,22}`, 'gu'),
    check: prefixThat(isCard),
    near: CARD_WORDS,
  },
  {
    kind: 'card',
    pattern: new RegExp(`${START}\\d(?:[ .-]{0,2}\\d){11,22}`, 'gu'),
    check: prefixThat(isAnyCard),
    near: CARD_WORDS,
    needsNear: true,
  },
  { kind: 'crypto-address', pattern: free(`[13][${BASE58}]{25,34}`), check: isBase58Check },
  { kind: 'crypto-address', pattern: free('0x[\\da-f]{40}', 'i') },
  { kind: 'crypto-address', pattern: free('(?:bc1|tb1|ltc1)[02-9ac-hj-np-z]{25,87}') },
  {
    kind: 'bank-routing',
    pattern: free('\\d{9}'),
    check: isAba,
    near: ABA_WORDS,
    needsNear: true,
  },
];
