import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Reply } from './reply.ts';
import { chatRequest, isTitleRequest, lastPrompt } from './request.ts';
import type { ChatRequest } from './request.ts';
import { send } from './send.ts';
import type { Outcome } from './send.ts';
import { SUPPORT_REPLIES, TITLE_REPLY } from './support-replies.ts';

/** One request that the server was asked; it changes while the answer runs. */
interface Exchange {
  readonly request: ChatRequest;
  readonly prompt: string;
  readonly title: boolean;
  /** Tokens handed to the socket so far. */
  tokensSent: number;
  /** null while the answer runs; `stopped` when the client closed before the end. */
  outcome: Outcome | null;
  /** Resolves when `outcome` is known. */
  readonly ended: Promise<Outcome>;
}

/** What a model server can be told. */
export interface ModelServerOptions {
  /** Answers in order; the last repeats. Default: invented support replies. */
  readonly replies?: readonly Reply[];
  /** Chooses the answer in place of `replies`; not asked for titles. */
  readonly handler?: (request: ChatRequest) => Reply;
}

/** A running model server. */
export interface ModelServer {
  /** The base URL for an OpenAI client, `http://127.0.0.1:N/v1`. */
  readonly url: string;
  /** Every chat completion request so far, oldest first, titles included. */
  readonly requests: readonly Exchange[];
  /** Puts answers before all others, in this order; a title request does not use them up. */
  setNext(...replies: readonly Reply[]): void;
  /** Closes the port and all connections. */
  close(): Promise<void>;
}

// Pages of any loopback origin call the server directly in tests.
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': 'GET, POST',
};

const json = (response: ServerResponse, status: number, value: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};

const readRequest = async (incoming: IncomingMessage) => {
  try {
    return chatRequest.safeParse(JSON.parse(await text(incoming)));
  } catch (error) {
    if (error instanceof SyntaxError) return { success: false, data: undefined } as const;
    throw error;
  }
};

const choose = ({ replies, handler }: ModelServerOptions) => {
  const next: Reply[] = [];
  const script = replies ?? SUPPORT_REPLIES;
  let used = 0;
  return {
    next,
    take: (request: ChatRequest): Reply => {
      const first = next.shift();
      if (first !== undefined) return first;
      if (handler !== undefined) return handler(request);
      const reply = script[Math.min(used, script.length - 1)];
      used += 1;
      return reply ?? { text: '' };
    },
  };
};

/**
 * Starts an OpenAI-compatible server (`/v1/models`, `/v1/chat/completions`) with scripted answers
 * on a free loopback port. As the real one, it sends logprobs and streamed usage only when asked.
 */
export const startModelServer = async (options: ModelServerOptions = {}): Promise<ModelServer> => {
  const requests: Exchange[] = [];
  const script = choose(options);

  const complete = async (incoming: IncomingMessage, response: ServerResponse) => {
    const read = await readRequest(incoming);
    if (!read.success) {
      json(response, 400, { error: { message: 'Not a chat completion request.' } });
      return;
    }
    const request = read.data;
    const title = isTitleRequest(request);
    const { promise: ended, resolve } = Promise.withResolvers<Outcome>();
    const exchange: Exchange = {
      request,
      prompt: lastPrompt(request),
      title,
      tokensSent: 0,
      outcome: null,
      ended,
    };
    requests.push(exchange);
    const envelope = {
      id: `chatcmpl-${requests.length}`,
      request,
      reply: title ? TITLE_REPLY : script.take(request),
    };
    exchange.outcome = await send(response, envelope, () => {
      exchange.tokensSent += 1;
    });
    resolve(exchange.outcome);
  };

  const server = createServer((incoming, response) => {
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    const path = incoming.url?.split('?')[0];
    if (incoming.method === 'OPTIONS') response.writeHead(204).end();
    else if (path === '/v1/models')
      json(response, 200, { object: 'list', data: [{ id: 'local-model', object: 'model' }] });
    else if (incoming.method === 'POST' && path === '/v1/chat/completions')
      // Only reading the request can fail (its client left): nothing is owed to it.
      complete(incoming, response).catch(() => response.destroy());
    else json(response, 404, { error: { message: 'No such path.' } });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');

  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    setNext: (...replies) => void script.next.push(...replies),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
