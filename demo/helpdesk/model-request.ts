import type { Ticket } from '../day/ticket.ts';

/** Name by which the helpdesk asks for its model. */
export const MODEL = 'oak-support-1';

const ask = (system: string, user: string) => ({
  model: MODEL,
  stream: true,
  stream_options: { include_usage: true },
  logprobs: true,
  messages: [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ],
});

const RULES =
  'You answer customers of Lumen & Oak. Use only the record, the articles and the thread.';

/** The request for a draft: the whole case, so that a real model could answer it as well. */
export function draftRequest(ticket: Ticket) {
  const { id, subject, customer, thread, record, articles } = ticket;
  return ask(
    RULES,
    [
      `Ticket ${id}: ${subject}`,
      `Customer: ${customer.name}`,
      ...Object.entries(record).map(([label, value]) => `${label}: ${value}`),
      ...articles.map(({ title, text, internal }) =>
        internal ? `Internal, never quote: ${title}. ${text}` : `Article: ${title}. ${text}`,
      ),
      ...thread.map(({ from, text }) => `${from}: ${text}`),
      'Write the reply.',
    ].join('\n'),
  );
}

/** The request for an answer in the chat. */
export const chatRequest = (question: string) => ask(RULES, question);
