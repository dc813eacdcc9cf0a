import * as fc from 'fast-check';
import type { Source } from '../../lib/domain/assessment.ts';

/** The values of one invented ticket. */
export interface Ticket {
  order: number;
  total: number;
  refund: number;
  placed: string;
  delivered: string;
  page: string;
  days: number;
}

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const date = fc
  .record({
    year: fc.integer({ min: 2020, max: 2035 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) =>
    new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10),
  );

/** Tickets with values drawn at random; no two values of a kind are the same. */
export const ticket: fc.Arbitrary<Ticket> = fc
  .record({
    order: fc.integer({ min: 1000, max: 9_999_999 }),
    total: fc.integer({ min: 100, max: 9_999_999 }),
    refund: fc.integer({ min: 100, max: 9_999_999 }),
    placed: date,
    delivered: date,
    page: fc.stringMatching(/^[a-z]{3,10}$/),
    days: fc.integer({ min: 2, max: 90 }),
  })
  .filter(
    ({ total, refund, placed, delivered }) =>
      total !== refund && placed.slice(5) !== delivered.slice(5),
  );

/** `1234.50` with thousands commas. */
export const money = (cents: number) =>
  (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
/** `1.234,50`. */
const moneyDe = (cents: number) =>
  (cents / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 });
/** `3 November 2026`. */
const longDate = (iso: string) =>
  `${Number(iso.slice(8))} ${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(0, 4)}`;

const source = (id: string, kind: Source['kind'], text: string): Source => ({
  id,
  kind,
  title: id,
  url: null,
  text,
  internal: false,
  author: kind === 'thread' ? 'customer' : 'unknown',
});

/** Record, policy and thread of a ticket. */
export const sourcesOf = (t: Ticket): Source[] => [
  source(
    'record',
    'record',
    `Order\t${t.order}\nPlaced\t${t.placed}\nOrder total\t${moneyDe(t.total)} €\n` +
      `Refund approved\tEUR ${money(t.refund)}\nDelivered\t${longDate(t.delivered)}\n`,
  ),
  source(
    'policy',
    'source',
    `You can send items back within ${t.days} days of delivery. Start a return at https://acme.example/${t.page}. Shoes must be unworn.`,
  ),
  source('thread', 'thread', 'Hello, the lamp came in pieces. What now? Ana'),
];

/** Sentences of a reply, each with the fact it states first; values as given. */
export const reply = (t: Ticket) =>
  [
    'Hi Ana,',
    `This is about order ${t.order}.`,
    `It was placed on ${longDate(t.placed)} and the order total was €${money(t.total)}.`,
    `We approved a refund of €${money(t.refund)}.`,
    `The parcel was delivered on ${longDate(t.delivered)}.`,
    `You can send the item back within ${t.days} days of delivery.`,
    `Please start the return at https://acme.example/${t.page}.`,
    'Kind regards,',
    'Mia',
  ].join('\n');
