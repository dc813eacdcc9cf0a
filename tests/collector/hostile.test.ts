import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { randomBytes } from '../../lib/platform/random.ts';
import { testConnection } from '../../lib/sync/test-connection.ts';
import type { TestDeps } from '../../lib/sync/test-steps.ts';
import { runCollector, type Running } from '../../server/run.ts';
import { newDevice } from './device.ts';
import { serveOwn, type OwnServer } from './hostile.ts';

/** Short, so that a test of waiting takes a second; no assertion is about time. */
const TIMEOUT_MS = 1_000;
const TOKEN = 'cs_default_secret';
/** What the connection test takes from outside. */
const outside: TestDeps = { fetch, now: Date.now, randomBytes };
const servers: OwnServer[] = [];

const serve = async (listener: Parameters<typeof serveOwn>[0]) => {
  const server = await serveOwn(listener);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const html = (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<h1>Welcome to the hotel</h1>');
};
const endless = (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const more = Buffer.alloc(64 * 1024, ' ');
  let left = 50 * 16;
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (response.write(more)) continue;
      response.once('drain', write);
      return;
    }
    response.end();
  };
  write();
};
const trickling = (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 100);
  response.once('close', () => clearInterval(timer));
};

const cases: [
  string,
  (request: IncomingMessage, response: ServerResponse) => void,
  string,
  string,
][] = [
  ['a captive portal', html, 'bad-reply', 'schema html'],
  ['50 MiB', endless, 'reply-too-large', 'reached reply-too-large'],
  ['one byte at a time', trickling, 'timeout', 'reached timeout'],
  ['silence', () => undefined, 'timeout', 'reached timeout'],
  ['another JSON', json(200, { hello: 'world' }), 'bad-reply', 'schema not-a-collector'],
  ['cut JSON', json(200, '{"keys":[{'), 'bad-reply', 'schema not-json'],
  ['no content', (_, r) => void r.writeHead(204).end(), 'http', 'schema http-204'],
  ['a closed connection', (q) => void q.socket.destroy(), 'network', 'reached network'],
  ['401', json(401, {}), 'unauthorized', 'token unauthorized'],
  ['403 from a proxy', (_, r) => void r.writeHead(403).end('no'), 'forbidden', 'token forbidden'],
  ['404', json(404, {}), 'gone', 'schema not-found'],
  ['426', json(426, {}), 'protocol', 'protocol '],
  ['500', json(500, {}), 'http', 'schema http-500'],
];

test.each(cases)('%s: nothing lost, said, tried later', async (_, listener, code, failedStep) => {
  const server = await serve(listener);
  const device = newDevice(server.url, TOKEN);
  await device.record(3);
  const sync = device.sync({ timeoutMs: TIMEOUT_MS });
  expect(await sync.syncNow()).toEqual({ state: 'failed', code });
  expect(await device.unsynced()).toBe(4);
  const state = await device.store.syncState();
  expect(state).toMatchObject({ attempt: 1, collectorKey: null, lastOkAt: null });
  expect(state.lastProblem?.code).toBe(code);
  expect(state.nextAt).toBeGreaterThan(device.clock.now);
  // A worker started anew knows to wait, and asks nothing.
  const asked = server.seen.length;
  expect(await device.sync().syncNow()).toEqual({ state: 'waiting' });
  expect(server.seen).toHaveLength(asked);

  const { ok, steps } = await testConnection(server.url, TOKEN, {
    ...outside,
    timeoutMs: TIMEOUT_MS,
  });
  expect(ok).toBe(false);
  const failed = steps.find((step) => !step.ok);
  expect(`${failed?.code} ${failed?.detail}`).toBe(failedStep);
});

test.each([
  ['120', 120_000],
  ['1e9 and more', 500],
  ['', 500],
  ['99999999999', 86_400_000],
])('503 with Retry-After %j', async (value, wait) => {
  const server = await serve(json(503, {}, { 'Retry-After': value }));
  const device = newDevice(server.url, TOKEN);
  await device.record(1);
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'http' });
  const { nextAt } = await device.store.syncState();
  expect(nextAt - device.clock.now).toBe(wait);
});

test('a redirect is not followed: the other host hears nothing', async () => {
  const other = await serve(html);
  const server = await serve(
    (_, response) => void response.writeHead(307, { Location: `${other.url}/v1/test` }).end(),
  );
  const device = newDevice(server.url, TOKEN);
  await device.record(1);
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'redirect' });
  const { steps } = await testConnection(server.url, TOKEN, outside);
  expect(steps.at(-1)).toEqual({ code: 'reached', ok: false, detail: 'redirect' });
  expect(other.seen).toEqual([]);
});

test('a port that nobody listens on', async () => {
  const server = await serve(html);
  await server.stop();
  const device = newDevice(server.url, TOKEN);
  await device.record(1);
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'network' });
  expect(await device.unsynced()).toBe(2);
});

test('the key is asked for without the token', async () => {
  const server = await serve(html);
  const device = newDevice(server.url, TOKEN);
  await device.record(1);
  await device.sync().syncNow();
  expect(server.seen).toEqual([{ path: '/v1/keys', authorization: '' }]);
});

const echo =
  (change: (nonce: string) => Record<string, unknown>) =>
  (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () =>
      json(200, {
        stored: true,
        serverTime: new Date().toISOString(),
        protocol: 1,
        collector: '0'.repeat(16),
        ...change(JSON.parse(body).nonce),
      })(request, response),
    );
  };
test.each<[string, (nonce: string) => Record<string, unknown>, string]>([
  ['does not return our text', () => ({ nonce: 'A'.repeat(32) }), 'echo wrong-text'],
  ['returns it without storing it', (nonce) => ({ nonce, stored: false }), 'echo not-stored'],
  ['speaks a later protocol', (nonce) => ({ nonce, protocol: 2 }), 'protocol 2'],
])('a server that %s is not proven', async (_, change, failedStep) => {
  const server = await serve(echo(change));
  const { ok, steps } = await testConnection(server.url, TOKEN, outside);
  expect(ok).toBe(false);
  const failed = steps.findLast((step) => !step.ok);
  expect(`${failed?.code} ${failed?.detail}`).toBe(failedStep);
});

test('clocks that differ are said, and do not fail the test', async () => {
  const server = await serve(echo((nonce) => ({ nonce })));
  const { ok, steps } = await testConnection(server.url, TOKEN, {
    ...outside,
    now: () => Date.now() - 3_600_000,
  });
  expect(ok).toBe(true);
  expect(steps.find((step) => step.code === 'clock')).toEqual({
    code: 'clock',
    ok: false,
    detail: '3600 s',
  });
});

test.each([
  '',
  'collector',
  'http://collector.example',
  'https://a:b@c.example',
  'file:///etc',
  'javascript:1',
])('address %j is refused before anything is sent', async (url) => {
  const { ok, steps } = await testConnection(url, TOKEN, {
    ...outside,
    fetch: () => Promise.reject(new Error('It asked')),
  });
  expect(ok).toBe(false);
  expect(steps).toEqual([{ code: 'address', ok: false, detail: '' }]);
});

test('an answer that the browser keeps from us is told from a dead address', async () => {
  const { steps } = await testConnection('https://c.example', TOKEN, {
    ...outside,
    fetch: (_, init) =>
      init?.mode === 'no-cors'
        ? Promise.resolve(Response.error())
        : Promise.reject(new TypeError('Failed to fetch')),
  });
  expect(steps.at(-1)).toEqual({ code: 'permission', ok: false, detail: 'cors' });
});

test('the real collector over a real socket: tested, sent to, stopped in order', async () => {
  const collector: Running = await runCollector({
    place: { kind: 'memory' },
    host: '127.0.0.1',
    port: 0,
    newToken: false,
    log: () => undefined,
  });
  try {
    const token = collector.token ?? '';
    const { ok, steps } = await testConnection(`${collector.url}/v1`, token, outside);
    expect(steps.map((step) => `${step.code} ${step.ok}`)).toEqual([
      'address true',
      'reached true',
      'permission true',
      'token true',
      'schema true',
      'protocol true',
      'clock true',
      'echo true',
    ]);
    expect(ok).toBe(true);
    const device = newDevice(collector.url, token);
    await device.record(40);
    expect(await device.sync().syncNow()).toEqual({ state: 'synced' });
    expect(await device.unsynced()).toBe(0);
    const wrong = await testConnection(collector.url, `${token}x`, outside);
    expect(wrong.steps.at(-1)).toEqual({ code: 'token', ok: false, detail: 'unauthorized' });
    // A token that no header can carry is refused by the collector, not by an exception here.
    const odd = await testConnection(collector.url, 'a b\u00fc', outside);
    expect(odd.steps.at(-1)?.code).toBe('token');
  } finally {
    await collector.stop();
  }
  await expect(fetch(`${collector.url}/health`)).rejects.toThrow(TypeError);
}, 120_000);
