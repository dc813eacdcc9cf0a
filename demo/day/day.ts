import { accountTickets } from './account-tickets.ts';
import { deliveryTickets } from './delivery-tickets.ts';
import { randomTicket, type Draw } from './random-ticket.ts';
import { refundTickets } from './refund-tickets.ts';
import { returnTickets } from './return-tickets.ts';
import type { Ticket } from './ticket.ts';

/** Id of the ticket that is drawn. */
export const RANDOM_ID = '4845';

/** The support day: 24 tickets in the order of their ids, and one whose values are drawn. */
export function supportDay(draw: Draw): readonly Ticket[] {
  return [
    ...refundTickets,
    ...deliveryTickets,
    ...returnTickets,
    ...accountTickets,
    randomTicket(RANDOM_ID, draw),
  ];
}
