import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Ask } from './snapshot.ts';

/** A request as it came in. */
export interface Seen {
  method: string;
  path: string;
  body: Buffer;
  /** From 0, over the life of the proxy. */
  at: number;
}

/** What is done to one request. `raw` has the bare socket and may write what it likes. */
export type Fault =
  | { do: 'pass' }
  /** Never arrives; the connection is reset. */
  | { do: 'lose-request' }
  /** Arrives and is carried out; the connection is reset in place of the reply. */
  | { do: 'lose-reply' }
  /** Arrives twice at once. */
  | { do: 'double' }
  /** Arrives now, and once more after the next request that arrives. */
  | { do: 'echo-later' }
  /** Seems lost and arrives after the next request that arrives. */
  | { do: 'arrive-late' }
  /** One bit of the body is turned over on the way. */
  | { do: 'flip-bit' }
  /** Waits, before it is carried out or before it is answered. */
  | { do: 'hold'; where: 'before' | 'after'; until: Promise<unknown> }
  | { do: 'answer'; status: number; headers?: Record<string, string>; body?: string | Buffer }
  | { do: 'raw'; write: (socket: Socket) => void };

/** A proxy that harms as it is told. */
export interface FaultProxy {
  url: string;
  /** Decides about each request; all pass at first. */
  plan: (request: Seen) => Fault;
  /** All that came in, as text, without the header that carries the token. */
  outbound: string[];
  seen: Seen[];
  /** Most bytes that one connection took from us. */
  mostWritten: number;
  close(): Promise<void>;
}

const HOP = ['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive', 'expect'];

/** Headers of a reply whose body is cut, slow or endless. */
const head = (more: string) => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${more}\r\n`;

/** Writes again and again until the other side leaves. */
function keepWriting(socket: Socket, text: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(text), everyMs);
  socket.once('close', () => clearInterval(timer));
}

/** Replies that only a socket can give. */
export const RAW = {
  /** A byte now and then of a body that never ends. */
  slowBody: (socket: Socket) => {
    socket.write(head('Content-Length: 5000\r\n'));
    keepWriting(socket, ' ', 100);
  },
  endlessHeaders: (socket: Socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    keepWriting(socket, 'X-More: y\r\n', 50);
  },
  silence: () => undefined,
  cutBody: (socket: Socket) => {
    socket.end(`${head('Content-Length: 5000\r\n')}{"head":{"seq":`);
  },
  cutGzip: (socket: Socket) => {
    const whole = gzipSync(JSON.stringify({ head: { seq: 1, hash: 'ab'.repeat(32) } }));
    const half = whole.subarray(0, whole.length / 2);
    socket.write(head(`Content-Encoding: gzip\r\nContent-Length: ${half.length}\r\n`));
    socket.end(half);
  },
  /** 50 MiB of a reply, as fast as they are taken. */
  flood: (socket: Socket) => {
    socket.write(head(''));
    const more = Buffer.alloc(256 * 1024, ' ');
    let left = 200;
    const write = () => {
      while (left > 0 && !socket.destroyed) {
        left -= 1;
        if (!socket.write(more)) {
          socket.once('drain', write);
          return;
        }
      }
      socket.end();
    };
    write();
  },
  noHttp: (socket: Socket) => {
    socket.end('SSH-2.0-OpenSSH_9.9\r\n');
  },
} as const;

/** Starts a proxy on loopback, on a free port, before what `ask` reaches. */
export async function startFaultProxy(ask: Ask): Promise<FaultProxy> {
  const late: (() => Promise<unknown>)[] = [];
  const outbound: string[] = [];
  const seen: Seen[] = [];
  const forward = (request: IncomingMessage, body: Buffer) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' && !HOP.includes(name)) headers.set(name, value);
    }
    const hasBody = request.method !== 'GET';
    return ask(request.url ?? '/', {
      method: request.method ?? 'GET',
      headers,
      ...(hasBody ? { body: new Uint8Array(body) } : {}),
    });
  };
  const arrive = async (request: IncomingMessage, body: Buffer) => {
    const reply = await forward(request, body);
    for (const send of late.splice(0)) await (await (send() as Promise<Response>)).arrayBuffer();
    return reply;
  };
  const pass = async (
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    until: Promise<unknown> = Promise.resolve(),
  ) => {
    const reply = await arrive(request, body);
    const bytes = Buffer.from(await reply.arrayBuffer());
    await until;
    const headers = Object.fromEntries(reply.headers);
    for (const name of HOP) delete headers[name];
    response.writeHead(reply.status, headers).end(bytes);
  };
  const carryOut = async (
    fault: Fault,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> => {
    switch (fault.do) {
      case 'lose-request':
        request.socket.resetAndDestroy();
        return;
      case 'lose-reply':
        await arrive(request, body);
        request.socket.resetAndDestroy();
        return;
      case 'double':
        await Promise.all([pass(request, body, response), forward(request, body)]);
        return;
      case 'echo-later':
        await pass(request, body, response);
        late.push(() => forward(request, body));
        return;
      case 'arrive-late':
        late.push(() => forward(request, body));
        request.socket.resetAndDestroy();
        return;
      case 'flip-bit': {
        const bent = Buffer.from(body);
        const middle = Math.floor(bent.length / 2);
        bent[middle] = (bent[middle] ?? 0) ^ 1;
        await pass(request, bent, response);
        return;
      }
      case 'hold':
        if (fault.where === 'before') await fault.until;
        await pass(request, body, response, fault.until);
        return;
      case 'answer':
        response.writeHead(fault.status, fault.headers).end(fault.body);
        return;
      case 'raw':
        fault.write(request.socket);
        return;
      case 'pass':
        await pass(request, body, response);
    }
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const { authorization: _, ...rest } = request.headers;
      outbound.push(`${request.method} ${request.url} ${JSON.stringify(rest)} ${body.toString()}`);
      const one = { method: request.method ?? '', path: request.url ?? '', body, at: seen.length };
      seen.push(one);
      try {
        await carryOut(proxy.plan(one), request, body, response);
      } catch (error) {
        // What is behind is gone: so are we, for this one.
        if (!(error instanceof Error)) throw error;
        request.socket.destroy();
      }
    })();
  });
  server.on('connection', (socket) =>
    socket.once('close', () => {
      proxy.mostWritten = Math.max(proxy.mostWritten, socket.bytesWritten);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It has a port');
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${address.port}`,
    plan: () => ({ do: 'pass' }),
    outbound,
    seen,
    mostWritten: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
