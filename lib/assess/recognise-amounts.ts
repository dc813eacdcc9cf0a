import { decimalReadings, NUMBER_PATTERN, scaled, withCents } from './decimal.ts';
import { strong, weak, type Mention } from './mention.ts';
import { NUMBER_WORDS_PATTERN, NUMBER_WORDS_START, numberWordsValue } from './number-words.ts';

const CODES =
  'EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|ISK|JPY|CNY|INR|AUD|CAD|NZD|HKD|SGD|BRL|MXN|ZAR|TRY|UAH|RUB|ILS|AED|SAR|KRW|THB|eur|usd|gbp|chf';
const SYMBOLS = '[€£¥₹₽₺₩₴₪฿]|(?:US|CA|AU|NZ|HK|SG|C|A|S|R)?\\$|zł|Kč|kr\\.?|Fr\\.';
const WORDS =
  '(?:US|Canadian|Australian|New Zealand) dollars?|[Ee]uros?|EUROS?|[Dd]ollars?|[Pp]ounds?(?: sterling)?|[Ff]rancs|[Ff]ranken|[Kk]ron(?:or|er)|[Zz]loty(?:s|ch)?|[Yy]en|[Rr]upees?';
const SCALE = '(?<scale>[ \\u00a0]?(?:thousand|million|billion|mio|k|K|m|M|bn))?(?![\\p{L}])';
const DOLLARS = ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'MXN'];

const BY_SYMBOL: Record<string, readonly string[]> = {
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  '₩': ['KRW'],
  '₴': ['UAH'],
  '₪': ['ILS'],
  '฿': ['THB'],
  $: DOLLARS,
  US$: ['USD'],
  CA$: ['CAD'],
  C$: ['CAD'],
  AU$: ['AUD'],
  A$: ['AUD'],
  NZ$: ['NZD'],
  HK$: ['HKD'],
  SG$: ['SGD'],
  S$: ['SGD'],
  R$: ['BRL'],
  zł: ['PLN'],
  Kč: ['CZK'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  Fr: ['CHF'],
};
const BY_WORD: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^us dollar/, ['USD']],
  [/^canadian/, ['CAD']],
  [/^australian/, ['AUD']],
  [/^new zealand/, ['NZD']],
  [/^euro/, ['EUR']],
  [/^dollar/, DOLLARS],
  [/^pound/, ['GBP']],
  [/^fran/, ['CHF']],
  [/^kron/, ['SEK', 'NOK', 'DKK']],
  [/^zloty/, ['PLN']],
  [/^yen/, ['JPY']],
  [/^rupee/, ['INR']],
];
const SCALES: Record<string, number> = {
  k: 3,
  thousand: 3,
  m: 6,
  mio: 6,
  million: 6,
  bn: 9,
  billion: 9,
};

const PREFIXED = new RegExp(
  // First what turns most places down: a sign, a capital, or a code in small letters.
  `(?=[€£¥₹₽₺₩₴₪฿$A-Z]|zł|kr|eur|usd|gbp|chf)(?<![\\p{L}\\d$])(?<money>${SYMBOLS}|(?:${CODES}))[ \\u00a0]?(?<num>${NUMBER_PATTERN})${SCALE}` +
    `(?:,[-–]{1,2})?(?:[ \\u00a0]?[-–][ \\u00a0]?(?<upto>${NUMBER_PATTERN})${SCALE.replace('scale', 'scale2')})?` +
    `(?:[ \\u00a0](?<code>${CODES})(?![\\p{L}\\d]))?`,
  'gu',
);
const SUFFIXED = new RegExp(
  `(?=\\d)(?<![\\p{L}\\d][.,]?)(?:(?<from>${NUMBER_PATTERN})[ \\u00a0]?[-–][ \\u00a0]?)?(?<num>${NUMBER_PATTERN})` +
    `(?<scale>[ \\u00a0]?(?:thousand|million|billion|mio|k|K|m|M|bn))?(?:,[-–]{1,2})?` +
    `[ \\u00a0-]?(?<money>${SYMBOLS}|(?:${CODES})|(?:${WORDS}))(?![\\p{L}\\d])`,
  'gu',
);
const WRITTEN = new RegExp(
  `(?=${NUMBER_WORDS_START})(?<![\\p{L}\\d-])(?<num>${NUMBER_WORDS_PATTERN})[ \\u00a0-](?<money>${WORDS.toLowerCase()}|${CODES.toLowerCase()})(?![\\p{L}\\d])`,
  'giu',
);

/** Amounts of money, in digits or English words, with the sign before or after. */
export function recogniseAmounts(text: string): Mention[] {
  return [
    ...[...text.matchAll(PREFIXED)].flatMap((match) => {
      const { money = '', num = '', upto, scale, scale2, code } = match.groups ?? {};
      const start = match.index;
      const end = start + match[0].length;
      const numEnd = start + match[0].indexOf(num) + num.length + (scale?.length ?? 0);
      const first = amount(start, upto === undefined ? end : numEnd, num, scale, code ?? money);
      if (upto === undefined) return [first];
      const from = start + match[0].lastIndexOf(upto);
      return [first, amount(from, end, upto, scale2, code ?? money)];
    }),
    ...[...text.matchAll(SUFFIXED)].flatMap((match) => {
      const { money = '', num = '', from, scale } = match.groups ?? {};
      const end = match.index + match[0].length;
      if (from === undefined) return [amount(match.index, end, num, scale, money)];
      const start = match.index + match[0].indexOf(num, from.length);
      return [
        amount(match.index, match.index + from.length, from, scale, money),
        amount(start, end, num, scale, money),
      ];
    }),
    ...[...text.matchAll(WRITTEN)].flatMap((match) => {
      const { money = '', num = '' } = match.groups ?? {};
      const value = numberWordsValue(num);
      const end = match.index + match[0].length;
      return value === null ? [] : [amount(match.index, end, value, undefined, money)];
    }),
  ];
}

function amount(
  start: number,
  end: number,
  num: string,
  scale: string | undefined,
  money: string,
): Mention {
  const places = SCALES[scale?.trim().toLowerCase() ?? ''] ?? 0;
  const values = decimalReadings(num, true).map((value) => withCents(scaled(value, places)));
  const currencies = currenciesOf(money);
  const keys = values.flatMap((value) => currencies.map((code) => `amount:${code}:${value}`));
  const written = /[.,]\d{2}$/.test(num);
  return {
    kind: 'amount',
    start,
    end,
    value: `${shownCurrency(money, currencies)} ${values[0] ?? num}`,
    family: 'amount',
    offers: [...keys, ...values.map((value) => `figure:${value}`)],
    asks: [
      ...keys.map(strong),
      // A record often writes the figure alone: "Refund approved 102.00".
      ...values.map((value) => (written ? strong(`bare:${value}`) : weak(`bare:${value}`))),
    ],
  };
}

/** The code, or the sign where it stands for several currencies. */
function shownCurrency(money: string, currencies: readonly string[]): string {
  const [first] = currencies;
  if (currencies.length === 1 && first !== undefined) return first;
  if (currencies.includes('USD')) return '$';
  return currencies.includes('SEK') ? 'kr' : money;
}

function currenciesOf(money: string): readonly string[] {
  const sign = money.replace(/\.$/, '');
  const known = BY_SYMBOL[sign];
  if (known !== undefined) return known;
  const word = money.toLowerCase();
  return BY_WORD.find(([pattern]) => pattern.test(word))?.[1] ?? [money.toUpperCase()];
}
