import { createServer, type IncomingHttpHeaders } from 'node:http';

/** A request as it arrived. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a receiver answers. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A real HTTP server on loopback that keeps what arrives and answers as a test wants it to. */
export interface Receiver {
  url: string;
  received: Received[];
  /** Asked for each request after it was kept; a promise that never settles is a server that hangs. */
  answer: (request: Received) => Answer | Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts one, which takes everything. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    received: [],
    answer: () => ({ status: 204 }),
    stop: () => Promise.resolve(),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const own = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
      if (method === 'POST') receiver.received.push(own);
      void Promise.resolve(receiver.answer(own)).then((answer) => {
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It has a port');
  receiver.url = `http://127.0.0.1:${address.port}`;
  receiver.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return receiver;
}
