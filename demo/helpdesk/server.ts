import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import type { Ticket } from '../day/ticket.ts';
import { assistantPage } from './assistant-page.ts';
import { bundleClient } from './bundle.ts';
import type { Desk, StoredReply } from './desk.ts';
import { listPage } from './list-page.ts';
import { chatRequest, draftRequest } from './model-request.ts';
import { ticketPage } from './ticket-page.ts';

/** Longest form or question that is read, in characters. */
const MAX_BODY = 1_000_000;

const HTML = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** A running helpdesk. */
export interface Helpdesk {
  /** Its origin, `http://127.0.0.1:N`. */
  url: string;
  /** Replies in the order they came in. */
  stored: readonly StoredReply[];
  close(): Promise<void>;
}

/** Starts the helpdesk on a free loopback port; drafts come from the model server at `modelUrl`. */
export async function startHelpdesk(options: {
  tickets: readonly Ticket[];
  modelUrl: string;
}): Promise<Helpdesk> {
  const desk: Desk = { tickets: options.tickets, stored: [] };
  const [script, style] = await Promise.all([
    bundleClient(),
    readFile(join(import.meta.dirname, 'desk.css')),
  ]);

  /** Passes the model's answer on as it streams in. */
  const relay = async (response: ServerResponse, body: object) => {
    const left = new AbortController();
    response.once('close', () => left.abort());
    const answer = await fetch(`${options.modelUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: left.signal,
    });
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      'cache-control': 'no-store',
    });
    if (answer.body === null) response.end();
    else await pipeline(Readable.from(answer.body), response);
  };

  const store = (ticketId: string, form: URLSearchParams) => {
    const field = (name: string) => form.get(name) ?? '';
    desk.stored.push({
      ticketId,
      kind: field('kind') === 'note' ? 'note' : 'reply',
      to: field('to'),
      cc: field('cc'),
      content: field('content'),
      at: 'Just now',
    });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const [, area = '', id = '', act = ''] = path.split('/');
    const isPost = request.method === 'POST';
    const body = isPost ? (await text(request)).slice(0, MAX_BODY) : '';
    const ticket = desk.tickets.find((one) => one.id === id);
    const page = (html: string) => response.writeHead(200, HTML).end(html);
    if (path === '/') page(listPage(desk));
    else if (path === '/desk.js')
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script);
    else if (path === '/desk.css')
      response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(style);
    else if (path === '/assistant') page(assistantPage());
    else if (path === '/assistant/answer' && isPost) await relay(response, chatRequest(body));
    else if (area === 'tickets' && ticket !== undefined && act === 'draft' && isPost)
      await relay(response, draftRequest(ticket));
    else if (area === 'tickets' && ticket !== undefined && isPost) {
      store(id, new URLSearchParams(body));
      response.writeHead(303, { location: `/tickets/${id}` }).end();
    } else if (area === 'tickets' && ticket !== undefined) page(ticketPage(desk, ticket));
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('No such page.');
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      // The model is gone or the reader left; a head that was sent can't be taken back.
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { 'content-type': 'text/plain' }).end('The model is away.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stored: desk.stored,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
