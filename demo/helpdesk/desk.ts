import type { Ticket } from '../day/ticket.ts';

/** A reply as the form sent it. */
export interface StoredReply {
  ticketId: string;
  kind: 'reply' | 'note';
  to: string;
  cc: string;
  /** The composer's HTML. */
  content: string;
  at: string;
}

/** The helpdesk's data, in memory. */
export interface Desk {
  tickets: readonly Ticket[];
  /** Replies in the order they came in. */
  stored: StoredReply[];
}

/** The replies of one ticket, oldest first. */
export const repliesOf = ({ stored }: Desk, id: string): StoredReply[] =>
  stored.filter(({ ticketId }) => ticketId === id);
