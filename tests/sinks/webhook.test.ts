import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readEvent } from '../../lib/audit/event-read.ts';
import { randomBytes as ownRandomBytes } from '../../lib/platform/random.ts';
import { testEnv } from '../../lib/store/store.test-support.ts';
import { testConnection } from '../../lib/sync/test-connection.ts';
import { readWebhookSecret, signedHeaders } from '../../lib/sync/webhook-secret.ts';
import { newDevice, type Device } from '../collector/device.ts';
import { startReceiver, type Received, type Receiver } from './receiver.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
let receiver: Receiver;
let device: Device;

beforeEach(async () => {
  receiver = await startReceiver();
  device = deviceFor(SECRET);
});
afterEach(() => receiver.stop());

function deviceFor(token: string): Device {
  const made = newDevice(`${receiver.url}/hooks/a?tenant=7`, token, undefined, 'webhook');
  // The verifier takes only what was signed within five minutes.
  made.clock.now = Date.now();
  return made;
}

const textHeaders = ({ headers }: Received): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
/** By the official package: throws unless headers and body fit the secret. */
const verified = (request: Received): unknown =>
  new Webhook(SECRET).verify(request.body, textHeaders(request));

const outside = { fetch, now: Date.now, randomBytes: ownRandomBytes };
const tryIt = (token: string, url = receiver.url) => testConnection(url, token, outside, 'webhook');

test('each event is one signed CloudEvent, the raw entry itself, in order', async () => {
  await device.record(3);
  expect(await device.sync().syncNow()).toEqual({ state: 'synced' });
  expect(receiver.received).toHaveLength(4);
  for (const [seq, request] of receiver.received.entries()) {
    expect(verified(request)).toMatchObject({ specversion: '1.0' });
    const read = readEvent(request.body);
    if (!read.ok) throw new Error(read.problem);
    expect(read.event.seq).toBe(seq);
    expect(request.headers['webhook-id']).toBe(read.event.id);
    expect(request.headers['content-type']).toBe('application/cloudevents+json');
    expect(request.path).toBe('/hooks/a?tenant=7');
  }
  expect(await device.unsynced()).toBe(0);
});

test('sent is not witnessed: no receipt is made up', async () => {
  await device.record(2);
  await device.sync().syncNow();
  const head = await device.store.head();
  expect(await device.store.verify({ mirror: head, since: null })).toMatchObject({
    synced: 3,
    witnessed: 0,
  });
  expect((await device.store.witnessed()).size).toBe(0);
});

test('the verifier says no to another body, another secret and an old time', () => {
  const body = new TextEncoder().encode('{"a":1}');
  const headersAt = (seconds: number) => {
    const secret = readWebhookSecret(SECRET);
    if (secret === null) throw new Error('It is a secret');
    return signedHeaders(secret, { id: 'e1', seconds, body });
  };
  const now = Math.floor(Date.now() / 1000);
  const good = headersAt(now);
  expect(new Webhook(SECRET).verify('{"a":1}', good)).toEqual({ a: 1 });
  expect(() => new Webhook(SECRET).verify('{"a":2}', good)).toThrow('No matching signature');
  const other = `whsec_${randomBytes(32).toString('base64')}`;
  expect(() => new Webhook(other).verify('{"a":1}', good)).toThrow('No matching signature');
  expect(() => new Webhook(SECRET).verify('{"a":1}', headersAt(now - 3600))).toThrow('too old');
});

// The vector of the Standard Webhooks libraries.
test('the published vector', () => {
  const secret = readWebhookSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  if (secret === null) throw new Error('It is a secret');
  const body = new TextEncoder().encode('{"test": 2432232314}');
  const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', seconds: 1614265330, body };
  expect(signedHeaders(secret, signed)['webhook-signature']).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
  expect(() => signedHeaders(secret, { ...signed, id: 'a.b' })).toThrow(RangeError);
});

test.each([
  ['', false],
  ['cs_default_secret', false],
  [`whsec_${randomBytes(23).toString('base64')}`, false],
  [`whsec_${randomBytes(24).toString('base64')}`, true],
  [`whsec_${randomBytes(64).toString('base64')}`, true],
  [`whsec_${randomBytes(65).toString('base64')}`, false],
  ['whsec_not base64 at all, is it?', false],
])('secret %s', (text, good) => {
  expect(readWebhookSecret(text) !== null).toBe(good);
});

test('without a usable secret nothing is asked; a new one is tried at once', async () => {
  device.settings.token = 'cs_token';
  await device.record(1);
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'secret' });
  expect(receiver.received).toEqual([]);
  expect((await device.store.syncState()).nextAt).toBe(device.clock.now + 900_000);
  device.settings.token = SECRET;
  expect(await device.sync().syncNow()).toEqual({ state: 'synced' });
});

test('a refusal holds what is behind it, is kept over a restart, and nothing is lost', async () => {
  receiver.answer = ({ body }) => ({ status: body.includes('"n":1') ? 500 : 200 });
  await device.record(4);
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'http' });
  expect(await device.unsynced()).toBe(3);
  const state = await device.store.syncState();
  expect(state).toMatchObject({ attempt: 1, lastProblem: { code: 'http', detail: '500' } });
  // A worker started anew does not ask sooner.
  const asked = receiver.received.length;
  expect(await device.sync().syncNow()).toEqual({ state: 'waiting' });
  expect(receiver.received).toHaveLength(asked);
  receiver.answer = () => ({ status: 202, body: 'taken' });
  device.clock.now = state.nextAt;
  expect(await device.sync().syncNow()).toEqual({ state: 'synced' });
  const ids = receiver.received.map((request) => request.headers['webhook-id']);
  expect(new Set(ids).size).toBe(5);
  // Each attempt is signed anew under the same id.
  expect(ids).toHaveLength(6);
  expect(ids[3]).toBe(ids[2]);
});

test.each([
  [429, { 'retry-after': '120' }, 'http', 120_000],
  [503, {}, 'http', 500],
  [401, {}, 'signature-refused', 500],
  [403, {}, 'http', 500],
  [404, {}, 'gone', 900_000],
  [410, {}, 'gone', 900_000],
  [413, {}, 'too-large', 500],
  [422, {}, 'http', 500],
] as const)('%i %j: waits', async (status, headers, code, waitMs) => {
  receiver.answer = () => ({ status, headers });
  await device.record(1);
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code });
  expect((await device.store.syncState()).nextAt).toBe(device.clock.now + waitMs);
  expect(await device.unsynced()).toBe(2);
  expect(receiver.received).toHaveLength(1);
});

test('a redirect is not followed, and its target hears nothing', async () => {
  const other = await startReceiver();
  receiver.answer = () => ({ status: 307, headers: { location: other.url } });
  await device.record(1);
  expect(await device.sync().syncNow()).toEqual({ state: 'failed', code: 'redirect' });
  expect((await tryIt(SECRET)).steps.at(-1)).toEqual({
    code: 'reached',
    ok: false,
    detail: 'redirect',
  });
  expect(other.received).toEqual([]);
  await other.stop();
});

test('a receiver that hangs is given up', async () => {
  receiver.answer = () => new Promise(() => undefined);
  await device.record(1);
  const sync = device.sync({ timeoutMs: 300 });
  expect(await sync.syncNow()).toEqual({ state: 'failed', code: 'timeout' });
});

test('the same address as another kind holds nothing yet', async () => {
  await device.record(1);
  await device.sync().syncNow();
  expect(await device.unsynced()).toBe(0);
  device.settings.kind = 'collector';
  expect(await device.sync().syncNow()).toMatchObject({ state: 'failed' });
  expect(await device.unsynced()).toBe(2);
});

test('no content, no cookie, no secret leaves or is written down', async () => {
  const texts = ['canary-draft-1d2c', 'canary-note-9f'];
  const env = testEnv();
  await device.store.commit(env, async (tx) => {
    const [draft, note] = [
      await tx.content('item-1', 'draft', 1, texts[0] ?? ''),
      await tx.content('item-1', 'note', 1, texts[1] ?? ''),
    ];
    await tx.append({
      type: 'decision.rejected',
      itemId: 'item-1',
      traceId: '',
      causationId: '',
      data: { draft: { ...draft }, note: { ...note } },
    });
  });
  const logged = ['log', 'info', 'warn', 'error', 'debug'].map((name) =>
    vi.spyOn(console, name as 'log').mockImplementation(() => undefined),
  );
  receiver.answer = ({ body }) => ({ status: body.includes('rejected') ? 500 : 200 });
  await device.sync().syncNow();
  receiver.answer = () => ({ status: 200 });
  await device.sync().syncNow({ asked: true });
  const all = JSON.stringify([
    receiver.received,
    await device.store.syncState(),
    await device.store.problems(),
    logged.map((spy) => spy.mock.calls),
  ]);
  vi.restoreAllMocks();
  expect(receiver.received.some(({ body }) => body.includes('decision.rejected'))).toBe(true);
  for (const canary of [...texts, SECRET, SECRET.slice(6)]) expect(all).not.toContain(canary);
  for (const { headers } of receiver.received) {
    expect(headers.cookie).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
    expect(headers.referer).toBeUndefined();
  }
});

test('the connection test sends one signed event and says what is wrong', async () => {
  const good = await tryIt(SECRET);
  expect(good.ok).toBe(true);
  expect(good.steps.map((step) => `${step.code} ${step.ok}`)).toEqual([
    'address true',
    'secret true',
    'reached true',
    'event true',
  ]);
  const [request] = receiver.received;
  if (request === undefined) throw new Error('It arrived');
  expect(verified(request)).toMatchObject({ type: 'dev.countersign.connection.tested.v1' });
  const last = async (...args: Parameters<typeof tryIt>) => {
    const { ok, steps } = await tryIt(...args);
    expect(ok).toBe(false);
    return `${steps.at(-1)?.code} ${steps.at(-1)?.detail}`;
  };
  expect(await last('')).toBe('secret no-secret');
  expect(await last('cs_token')).toBe('secret secret-form');
  expect(await last(SECRET, 'http://elsewhere.example')).toBe('address ');
  receiver.answer = () => ({ status: 401 });
  expect(await last(SECRET)).toBe('event signature-refused');
  receiver.answer = () => ({ status: 404 });
  expect(await last(SECRET)).toBe('event no-receiver');
  receiver.answer = () => ({ status: 500 });
  expect(await last(SECRET)).toBe('event http-500');
  await receiver.stop();
  expect(await last(SECRET)).toBe('reached network');
});
