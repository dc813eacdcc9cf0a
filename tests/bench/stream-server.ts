import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const MEBIBYTE = 1_048_576;

/**
 * What the server knows of one body: how much it could push, and when the client closed its line (not
 * finite: it never did).
 */
export interface Sent {
  bytes: number;
  closedAt: number | null;
}

/** One server on many ports: each port is an origin of its own, with its own script in the page. */
export interface BenchServer {
  origin(variant: string): string;
  sent(id: string): Sent;
  close(): Promise<void>;
}

const now = () => performance.timeOrigin + performance.now();

const answerFrame = (content: string) =>
  `data: ${JSON.stringify({
    id: 'cc-bench',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    sent: now(),
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  })}\n\n`;

const eventStream = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });

function paced(response: ServerResponse, events: number, perSecond: number): void {
  eventStream(response);
  const start = performance.now();
  let sent = 0;
  const step = () => {
    while (sent < events && performance.now() - start >= (sent * 1000) / perSecond) {
      sent += 1;
      response.write(answerFrame(`word${sent} `));
    }
    if (response.destroyed) return;
    if (sent < events) setTimeout(step, 1);
    else response.end('data: [DONE]\n\n');
  };
  step();
}

const BULK = {
  plain: Buffer.from(`data: ${'x'.repeat(65_528)}\n\n`),
  answer: Buffer.from(answerFrame('lorem ipsum '.repeat(340))),
};

function bulk(response: ServerResponse, frame: Buffer, mebibytes: number, sent: Sent): void {
  eventStream(response);
  const push = () => {
    while (sent.bytes < mebibytes * MEBIBYTE && !response.destroyed) {
      sent.bytes += frame.byteLength;
      if (!response.write(frame)) {
        response.once('drain', push);
        return;
      }
    }
    response.end();
  };
  push();
}

/** Some clients never hang up, and a browser keeps six lines to one origin: the server does, in the end. */
const LONGEST_TICKS_MS = 3000;

function ticks(response: ServerResponse, sent: Sent): void {
  eventStream(response);
  const timer = setInterval(() => response.write(answerFrame('on ')), 20);
  const end = setTimeout(() => {
    sent.closedAt = Number.POSITIVE_INFINITY;
    response.end();
  }, LONGEST_TICKS_MS);
  response.on('close', () => {
    clearInterval(timer);
    clearTimeout(end);
  });
}

/** A document of rows of about a kilobyte. */
function jsonOf(mebibytes: number): Buffer {
  const rows = Array.from({ length: mebibytes * 1024 }, (_, id) => ({
    id,
    subject: `Row ${id}`,
    text: 'x'.repeat(980),
  }));
  return Buffer.from(JSON.stringify({ rows }));
}

/** Starts the server; `scripts` are what the page of each variant runs before anything else. */
export async function startBenchServer(
  scripts: ReadonlyMap<string, string>,
  probes: string,
): Promise<BenchServer> {
  const log = new Map<string, Sent>();
  const documents = new Map<number, Buffer>();
  const entry = (id: string): Sent => {
    const known = log.get(id) ?? { bytes: 0, closedAt: null };
    log.set(id, known);
    return known;
  };
  const handle = (variant: string) => (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://bench');
    const number = (name: string) => Number(url.searchParams.get(name));
    const sent = entry(url.searchParams.get('id') ?? '');
    request.resume();
    response.on('close', () => {
      sent.closedAt ??= now();
    });
    if (url.pathname === '/v1/chat/completions') paced(response, number('events'), number('rate'));
    else if (url.pathname === '/bulk')
      bulk(
        response,
        url.searchParams.get('kind') === 'answer' ? BULK.answer : BULK.plain,
        number('mib'),
        url.searchParams.has('id') ? sent : { bytes: 0, closedAt: null },
      );
    else if (url.pathname === '/ticks') ticks(response, sent);
    else if (url.pathname === '/json') {
      const document = documents.get(number('mib')) ?? jsonOf(number('mib'));
      documents.set(number('mib'), document);
      response.writeHead(200, { 'content-type': 'application/json' }).end(document);
    } else if (url.pathname === '/peer.js' || url.pathname === '/probes.js')
      response
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end(url.pathname === '/peer.js' ? (scripts.get(variant) ?? '') : probes);
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(
          `<!doctype html><title>${variant}</title><script src="/peer.js"></script><script src="/probes.js"></script>`,
        );
  };
  const servers = new Map(
    [...scripts.keys()].map((variant) => [variant, createServer(handle(variant))] as const),
  );
  const ports = new Map<string, number>();
  for (const [variant, server] of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    ports.set(variant, address.port);
  }
  return {
    origin: (variant) => `http://127.0.0.1:${ports.get(variant) ?? 0}`,
    sent: (id) => ({ ...entry(id) }),
    async close() {
      for (const server of servers.values()) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
