import { refunds } from './articles.ts';
import { asked, contradicted, type Ticket } from './ticket.ts';

/** A number from 0 up to and without `below`. */
export type Draw = (below: number) => number;

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** The day of the year as `3 November 2026`; every month is given 28 days. */
function day(number: number): string {
  return `${(number % 28) + 1} ${MONTHS[Math.floor(number / 28) % 12] ?? 'January'} 2026`;
}

const money = (cents: number) => `EUR ${(cents / 100).toFixed(2)}`;

/** Another number of the same size: never the same, so that the fault is one. */
const other = (draw: Draw, value: number, least: number, most: number) => {
  const wrong = least + draw(most - least);
  return wrong >= value ? wrong + 1 : wrong;
};

/**
 * A ticket whose order, amount and day are drawn, and whose draft states one of them wrongly, drawn
 * too: what the reviewer is shown of it can't have been written down beforehand.
 */
export function randomTicket(id: string, draw: Draw): Ticket {
  const order = 2000 + draw(7000);
  const cents = 1000 + draw(90_000);
  const booked = draw(300);
  const faults = [
    { right: String(order), wrong: String(other(draw, order, 2000, 9000)), what: 'order' },
    { right: money(cents), wrong: money(other(draw, cents, 1000, 91_000)), what: 'amount' },
    { right: day(booked), wrong: day(other(draw, booked, 0, 300)), what: 'day' },
  ] as const;
  const [first, ...rest] = faults;
  const fault = rest[draw(3) - 1] ?? first;
  const said = (of: (typeof faults)[number]['what'], right: string) =>
    fault.what === of ? fault.wrong : right;
  return {
    id,
    subject: 'Deposit for a cancelled order',
    customer: { name: 'Zoe Fischer', email: 'zoe.fischer@mail.example' },
    thread: [
      asked(
        'Zoe Fischer',
        'Tue 22 Sep, 09:40',
        'I cancelled my sofa last week. What happens with the deposit I made?',
      ),
    ],
    record: {
      Order: String(order),
      Item: 'Sofa Hamn, 3 seats',
      'Deposit returned': money(cents),
      'Deposit booked back': day(booked),
    },
    articles: [refunds],
    draft: {
      text: [
        'Dear Zoe,',
        `your cancellation of order ${said('order', String(order))} is settled and the sofa goes to somebody else.`,
        `We have returned your deposit of ${said('amount', money(cents))} in full. It was booked back on ${said('day', day(booked))}.`,
        'We hope that you find something else you like with us another time.',
      ].join('\n'),
      logprobs: -0.05,
    },
    fault: `drawn at start: ${fault.what} ${fault.wrong}, the record says ${fault.right}`,
    expected: contradicted(fault.wrong, fault.right),
  };
}
