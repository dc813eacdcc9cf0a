import { luhn, verhoeff, weighted } from './checksums.ts';
import { bare, free, START, END, THING, words, type Recogniser } from './recogniser.ts';

const SSN_WORDS = words('ssn|social|w-?2(?!\\p{L})|sozialversicherungsnummer');
const ITIN_WORDS = words('itin|taxpayer|tax id');
const NHS_WORDS = words('nhs|patient|health service');
const PASSPORT = words(
  'passport|pass(?:-| )?(?:nr|no)|reisepass|passeport|pasaporte|passaporto|paspoort|paszport|passaporte|パスポート|护照',
);

/** Never given out: area 000, 666 and 900–999, group 00, serial 0000 (SSA). */
const SSN = '(?!000|666|9)\\d{3}(?<by>[- ]?)(?!00)\\d{2}\\k<by>(?!0000)\\d{4}';
/** The groups that the IRS uses for ITINs. */
const ITIN = '9\\d{2}[- ]?(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-2]|9[4-9])[- ]?\\d{4}';
const LETTER = '[AC-HJKMNP-RT-Y]';
const EITHER = '[AC-HJKMNP-RT-Y\\d]';

const nhsHolds = (value: string) =>
  weighted(bare(value), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
const luhnHolds = (value: string) => luhn(bare(value));

/** Numbers of people in the US, UK, Canada, Australia and India, and passports anywhere. */
export const ENGLISH_IDS: readonly Recogniser[] = [
  {
    kind: 'us-ssn',
    pattern: free('(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}'),
    near: SSN_WORDS,
    unless: THING,
  },
  { kind: 'us-ssn', pattern: free(SSN), near: SSN_WORDS, needsNear: true },
  {
    kind: 'us-itin',
    pattern: free(ITIN.replaceAll('[- ]?', '-')),
    near: ITIN_WORDS,
    unless: THING,
  },
  { kind: 'us-itin', pattern: free(ITIN), near: ITIN_WORDS, needsNear: true },
  {
    // Luhn behind the prefix of US health care (CMS).
    kind: 'us-npi',
    pattern: free('[12]\\d{9}'),
    check: (value) => luhn(`80840${value}`),
    near: words('npi(?!\\p{L})|provider|doctor|physician'),
    needsNear: true,
  },
  {
    kind: 'us-mbi',
    pattern: free(`[1-9]${LETTER}${EITHER}\\d-?${LETTER}${EITHER}\\d-?${LETTER}{2}\\d{2}`, 'i'),
    near: words('mbi|medicare|beneficiary'),
  },
  {
    kind: 'uk-nhs',
    pattern: free('\\d{3} \\d{3} \\d{4}'),
    check: nhsHolds,
    near: NHS_WORDS,
    unless: THING,
  },
  {
    kind: 'uk-nhs',
    pattern: free('\\d{3}[ -]?\\d{3}[ -]?\\d{4}'),
    check: nhsHolds,
    near: NHS_WORDS,
    needsNear: true,
  },
  {
    kind: 'uk-nino',
    pattern: free(
      '(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?[A-D]',
      'i',
    ),
    near: words('ni(?!\\p{L})|nino|national insurance|payroll'),
  },
  {
    kind: 'ca-sin',
    pattern: free('[1-9]\\d{2}[ -]?\\d{3}[ -]?\\d{3}'),
    check: luhnHolds,
    near: words('sin(?!\\p{L})|nas(?!\\p{L})|social insurance|assurance sociale'),
    needsNear: true,
  },
  {
    kind: 'au-tfn',
    pattern: free('\\d{3}[ -]?\\d{3}[ -]?\\d{3}'),
    check: (value) => weighted(bare(value), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    near: words('tfn|tax file'),
    needsNear: true,
  },
  {
    kind: 'in-aadhaar',
    pattern: new RegExp(
      `${START}(?<!\\d[ -])[2-9]\\d{3}([ -])\\d{4}\\1\\d{4}(?![ -]\\d)${END}`,
      'gu',
    ),
    check: (value) => verhoeff(bare(value)),
    near: words('aadhaar|aadhar|uid(?:ai)?(?!\\p{L})|आधार'),
    unless: THING,
  },
  {
    kind: 'in-aadhaar',
    pattern: free('[2-9]\\d{11}'),
    check: verhoeff,
    near: words('aadhaar|aadhar|uid(?:ai)?(?!\\p{L})|आधार'),
    needsNear: true,
  },
  {
    kind: 'passport',
    pattern: free(
      '(?=[A-Z\\d]{0,4}\\d{2})[A-Z\\d]{2}\\d{2}[A-Z\\d]{4,5}|[A-Z]\\d{7,8}|[A-Z]{2}\\d{6,7}|\\d{8,9}',
    ),
    near: PASSPORT,
    needsNear: true,
  },
];
