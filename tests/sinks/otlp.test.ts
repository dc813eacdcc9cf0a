import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventType, Json } from '../../lib/domain/event.ts';
import { randomBytes } from '../../lib/platform/random.ts';
import { testEnv } from '../../lib/store/store.test-support.ts';
import { otlpUrl } from '../../lib/sync/otlp-sink.ts';
import { testConnection } from '../../lib/sync/test-connection.ts';
import { newDevice, type Device } from '../collector/device.ts';
import { parseExport, startOtlpReceiver, type OtlpReceiver } from './otlp-receiver.ts';
import { logRecordsOf, spansIn } from './read-exports.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const HEADERS = { 'content-type': 'application/json' };
const START = Date.UTC(2026, 10, 23, 9);
let receiver: OtlpReceiver;
let device: Device;
let clock = START;
let env: ReturnType<typeof testEnv>;

beforeEach(async () => {
  receiver = await startOtlpReceiver();
  device = newDevice(receiver.url, 'otlp-token', undefined, 'otlp');
  clock = START;
  env = { ...testEnv('Mia'), now: () => clock };
});
afterEach(() => receiver.stop());

/** Records an entry `afterMs` after the one before. */
async function record(
  type: EventType,
  data: { [key: string]: Json } = {},
  { afterMs = 1_000, itemId = 'item-1', traceId = TRACE } = {},
): Promise<void> {
  clock += afterMs;
  await device.store.commit(env, (tx) =>
    tx.append({ type, itemId, traceId: itemId === '' ? '' : traceId, causationId: '', data }),
  );
}

const observed = () =>
  record(
    'output.observed',
    {
      outputId: 'out-1',
      model: 'gpt-x',
      finish: 'complete',
      evidence: ['network'],
      usage: { input: 12, output: 34, total: 46 },
      firstByteMs: 250,
      totalMs: 900,
    },
    { itemId: '' },
  );
const opened = (itemId = 'item-1', data: { [key: string]: Json } = {}) =>
  record('item.opened', { outputId: 'out-1', model: 'gpt-x', tier: 'medium', ...data }, { itemId });
const decide = (type: EventType, data: { [key: string]: Json } = {}, itemId = 'item-1') =>
  record(
    type,
    {
      decisionId: `d-${itemId}`,
      outputId: 'out-1',
      model: 'gpt-x',
      reasons: [],
      tier: 'medium',
      ...data,
    },
    { afterMs: 5_000, itemId },
  );
const sync = () => device.sync().syncNow();
const names = () => spansIn(receiver).map(({ name }) => name);

test('a decision is an evaluation result, by the pinned conventions', async () => {
  await observed();
  await opened();
  await decide('decision.edited', { reasons: ['wrong-fact', 'tone'], editShare: 0.25 });
  expect(await sync()).toEqual({ state: 'synced' });
  const [found, ...others] = logRecordsOf(receiver);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    eventName: 'gen_ai.evaluation.result',
    severityNumber: 9,
    timeUnixNano: clock,
    traceId: TRACE,
    of: { schemaUrl: 'https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev' },
    attributes: {
      'event.name': { stringValue: 'gen_ai.evaluation.result' },
      'gen_ai.evaluation.name': { stringValue: 'human_review' },
      'gen_ai.evaluation.score.label': { stringValue: 'edit' },
      'gen_ai.evaluation.score.value': { doubleValue: 0.75 },
      'gen_ai.evaluation.explanation': { stringValue: 'wrong-fact tone' },
      'gen_ai.response.id': { stringValue: 'out-1' },
      'gen_ai.response.model': { stringValue: 'gpt-x' },
    },
  });
  // Not ended: no trace yet.
  expect(names()).toEqual([]);
  expect(receiver.received[0]?.headers.authorization).toBe('Bearer otlp-token');
  expect(await device.unsynced()).toBe(0);
});

test.each([
  ['decision.approved', 'approve', 1],
  ['decision.rejected', 'reject', 0],
  ['decision.escalated', 'escalate', undefined],
  ['decision.sent-back', 'send-back', undefined],
  ['decision.undone', 'undone', undefined],
] as const)('%s is %s, %s', async (type, label, score) => {
  await decide(type);
  await sync();
  const [found] = logRecordsOf(receiver);
  expect(found?.attributes['gen_ai.evaluation.score.label']).toEqual({ stringValue: label });
  const value = found?.attributes['gen_ai.evaluation.score.value'];
  expect(value).toEqual(score === undefined ? undefined : { doubleValue: score });
});

test.each(['decision.deferred', 'decision.abstained', 'item.changed', 'config.changed'] as const)(
  '%s judges nothing',
  async (type) => {
    await record(type, {}, { itemId: type === 'config.changed' ? '' : 'item-1' });
    await sync();
    expect(logRecordsOf(receiver)).toEqual([]);
    expect(await device.unsynced()).toBe(0);
  },
);

test('one trace per item: captured, checked, decided, delivered', async () => {
  await observed();
  const outputAt = clock;
  await opened();
  const openedAt = clock;
  await decide('decision.approved');
  const decidedAt = clock;
  await record('delivery.match', { how: 'thread' }, { afterMs: 2_000 });
  await sync();
  const spans = spansIn(receiver);
  expect(names()).toEqual(['review', 'captured', 'checked', 'decided', 'delivered']);
  const [review, ...parts] = spans;
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(5);
  expect(review?.parentSpanId).toBe('');
  for (const part of parts) expect(part.parentSpanId).toBe(review?.spanId);
  const times = spans.map((each) => [each.startTimeUnixNano, each.endTimeUnixNano]);
  expect(times).toEqual([
    [outputAt - 900, clock],
    [outputAt - 900, outputAt],
    [openedAt, openedAt],
    [openedAt, decidedAt],
    [decidedAt, clock],
  ]);
  expect(spans[1]?.attributes).toMatchObject({
    'gen_ai.response.id': { stringValue: 'out-1' },
    'gen_ai.response.finish_reasons': { arrayValue: { values: [{ stringValue: 'complete' }] } },
    'gen_ai.response.time_to_first_chunk': { doubleValue: 0.25 },
    'gen_ai.usage.input_tokens': { intValue: '12' },
    'gen_ai.usage.output_tokens': { intValue: '34' },
    'countersign.output.known': { boolValue: true },
  });
  expect(spans[4]?.attributes).toMatchObject({
    'countersign.delivery': { stringValue: 'delivery.match' },
    'countersign.delivery.how': { stringValue: 'thread' },
  });
  // The evaluation hangs on the operation that it judges.
  expect(logRecordsOf(receiver)[0]?.spanId).toBe(spans[1]?.spanId);
});

test('without its output an item says so, and makes no times up', async () => {
  await opened();
  const at = clock;
  await decide('decision.rejected');
  await sync();
  const captured = spansIn(receiver).find(({ name }) => name === 'captured');
  expect(captured).toMatchObject({ startTimeUnixNano: at, endTimeUnixNano: at });
  expect(captured?.attributes['countersign.output.known']).toEqual({ boolValue: false });
});

test.each([
  ['drifted', 'delivery.drifted', {}, 2],
  ['withdrawn', 'item.changed', { state: 'withdrawn' }, undefined],
  ['superseded', 'item.changed', { state: 'superseded' }, undefined],
  ['released as own text', 'release.human', {}, undefined],
  ['sent without review', 'send.unreviewed', {}, undefined],
] as const)('an item that is %s has ended', async (_, type, data, code) => {
  await opened();
  await record(type, data);
  await sync();
  const [review] = spansIn(receiver);
  expect(review).toMatchObject({ name: 'review', status: code === undefined ? {} : { code } });
  expect(review?.attributes['countersign.end']).toEqual({ stringValue: type });
});

test('an answer from a chat ends with its decision, a draft does not', async () => {
  await opened('answer-1', { kind: 'answer' });
  await decide('decision.approved', {}, 'answer-1');
  await opened('draft-1');
  await decide('decision.approved', {}, 'draft-1');
  await sync();
  const items = spansIn(receiver).map(({ attributes }) => attributes['countersign.item.id']);
  expect(items).toEqual(items.map(() => ({ stringValue: 'answer-1' })));
  expect(items).toHaveLength(4);
});

test('an item that goes on after an end gets only the new spans', async () => {
  await opened();
  await decide('decision.rejected');
  await sync();
  expect(names()).toEqual(['review', 'captured', 'checked', 'decided']);
  const [review] = spansIn(receiver);
  receiver.exports.length = 0;
  await decide('decision.undone');
  await decide('decision.approved');
  await record('delivery.unseen', { how: 'request' });
  await record('delivery.match', { how: 'thread' });
  await sync();
  expect(names()).toEqual(['decided', 'decided', 'delivered', 'delivered']);
  for (const span of spansIn(receiver)) expect(span.parentSpanId).toBe(review?.spanId);
});

test('a clock that is set back makes no span that ends before it starts', async () => {
  await opened();
  await record('decision.rejected', {}, { afterMs: -60_000 });
  await sync();
  expect(names()).toContain('decided');
  for (const { startTimeUnixNano, endTimeUnixNano } of spansIn(receiver))
    expect(endTimeUnixNano).toBeGreaterThanOrEqual(startTimeUnixNano);
});

test('what was refused in part is counted, said, and not sent again', async () => {
  await opened();
  await decide('decision.rejected');
  receiver.reply = ({ path }) => ({
    status: 200,
    headers: HEADERS,
    body: JSON.stringify({
      partialSuccess:
        path === '/v1/logs'
          ? { rejectedLogRecords: '1', errorMessage: 'too old' }
          : { rejectedSpans: 2 },
    }),
  });
  expect(await sync()).toEqual({ state: 'synced' });
  const state = await device.store.syncState();
  expect(state).toMatchObject({ rejected: 3, lastProblem: null });
  const asked = receiver.received.length;
  expect(await device.sync().syncNow({ asked: true })).toEqual({ state: 'synced' });
  expect(receiver.received).toHaveLength(asked);
});

test('a warning beside full success refuses nothing; a count beyond what was sent is cut', async () => {
  await decide('decision.approved');
  receiver.reply = () => ({
    status: 200,
    headers: HEADERS,
    body: JSON.stringify({ partialSuccess: { errorMessage: 'old schema' }, more: 1 }),
  });
  await sync();
  expect((await device.store.syncState()).rejected).toBe(0);
  await decide('decision.approved', {}, 'item-2');
  receiver.reply = () => ({
    status: 200,
    headers: HEADERS,
    body: '{"partialSuccess":{"rejectedLogRecords":999999}}',
  });
  await sync();
  expect((await device.store.syncState()).rejected).toBe(1);
});

test('one record that is refused takes no other down with it', async () => {
  await decide('decision.approved', {}, 'first');
  await sync();
  for (const itemId of ['a', 'b', 'poison', 'c', 'd'])
    await decide('decision.approved', {}, itemId);
  receiver.exports.length = 0;
  receiver.reply = ({ body }) => (body.includes('d-poison') ? { status: 400 } : null);
  expect(await sync()).toEqual({ state: 'synced' });
  const told = logRecordsOf(receiver).map(({ attributes }) => attributes['countersign.item.id']);
  expect(told).toEqual(['a', 'b', 'c', 'd'].map((id) => ({ stringValue: id })));
  expect((await device.store.syncState()).rejected).toBe(1);
});

test('who refuses the very first record is no receiver: nothing is passed over', async () => {
  await decide('decision.approved');
  receiver.reply = () => ({ status: 400 });
  expect(await sync()).toEqual({ state: 'failed', code: 'http' });
  expect((await device.store.syncState()).rejected).toBe(0);
  expect(await device.unsynced()).toBeGreaterThan(0);
});

test.each([
  [429, { 'retry-after': '90' }, 'http', 90_000],
  [503, { 'retry-after': '120' }, 'http', 120_000],
  [503, {}, 'http', 500],
  [502, {}, 'http', 500],
  [401, {}, 'unauthorized', 500],
  [404, {}, 'gone', 900_000],
] as const)('%i %j: waits, sends again, loses nothing', async (status, headers, code, waitMs) => {
  await decide('decision.approved');
  receiver.reply = () => ({ status, headers });
  expect(await sync()).toEqual({ state: 'failed', code });
  const { nextAt } = await device.store.syncState();
  expect(nextAt).toBe(device.clock.now + waitMs);
  expect(await sync()).toEqual({ state: 'waiting' });
  receiver.reply = null;
  device.clock.now = nextAt;
  expect(await sync()).toEqual({ state: 'synced' });
  expect(logRecordsOf(receiver)).toHaveLength(1);
});

test('logs that were taken are not sent again while traces are refused', async () => {
  await opened();
  await decide('decision.rejected');
  receiver.reply = ({ path }) => (path === '/v1/traces' ? { status: 503 } : null);
  expect(await sync()).toEqual({ state: 'failed', code: 'http' });
  expect(await device.sync().syncNow({ asked: true })).toEqual({ state: 'failed', code: 'http' });
  receiver.reply = null;
  expect(await device.sync().syncNow({ asked: true })).toEqual({ state: 'synced' });
  expect(logRecordsOf(receiver)).toHaveLength(1);
  expect(names()).toHaveLength(4);
});

test('a span that is sent twice is the same span', async () => {
  await opened();
  await decide('decision.rejected');
  let lost = true;
  const lossy: typeof fetch = async (input, init) => {
    const reply = await fetch(input, init);
    const isTraces = typeof input === 'string' && input.endsWith('/v1/traces');
    if (!isTraces || !lost) return reply;
    lost = false;
    throw new TypeError('Failed to fetch');
  };
  await device.sync({ fetch: lossy }).syncNow();
  await record('config.changed', {}, { itemId: '' });
  await device.sync({ fetch: lossy }).syncNow({ asked: true });
  const [first, second] = [spansIn(receiver).slice(0, 4), spansIn(receiver).slice(4)];
  expect(first).toHaveLength(4);
  expect(second).toEqual(first);
});

test.each([
  ['a sign-in page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' }],
  ['other JSON', { status: 200, headers: HEADERS, body: '[1]' }],
  [
    'nonsense counts',
    { status: 200, headers: HEADERS, body: '{"partialSuccess":{"rejectedSpans":-1}}' },
  ],
])('%s is no receiver', async (_, answer) => {
  await decide('decision.approved');
  receiver.answer = () => answer;
  expect(await sync()).toEqual({ state: 'failed', code: 'bad-reply' });
  expect(await device.unsynced()).toBeGreaterThan(0);
});

test('what signs webhooks is never sent as a token', async () => {
  device.settings.token = `whsec_${'A'.repeat(32)}`;
  await decide('decision.approved');
  expect(await sync()).toEqual({ state: 'synced' });
  expect(receiver.received[0]?.headers.authorization).toBeUndefined();
});

test.each([
  ['https://o.example', 'https://o.example/v1/logs'],
  ['https://o.example/', 'https://o.example/v1/logs'],
  ['https://o.example/otlp/', 'https://o.example/otlp/v1/logs'],
  ['https://o.example/v1', 'https://o.example/v1/logs'],
  ['https://o.example/a/v1/traces', 'https://o.example/a/v1/logs'],
  ['https://o.example/otlp?key=1', 'https://o.example/otlp/v1/logs?key=1'],
])('%s → %s', (base, url) => {
  expect(otlpUrl(base, 'logs')).toBe(url);
});

test('no content, no name of a person, no token leaves or is written down', async () => {
  const canaries = ['canary-draft-77', 'canary-note-12', 'Mia', 'ticket-9981'];
  await opened('item-1', { threadKey: 'ticket-9981' });
  clock += 1_000;
  await device.store.commit(env, async (tx) => {
    const draft = await tx.content('item-1', 'draft', 1, 'canary-draft-77');
    const note = await tx.content('item-1', 'note', 1, 'canary-note-12');
    await tx.append({
      type: 'decision.rejected',
      itemId: 'item-1',
      traceId: TRACE,
      causationId: '',
      data: { draft: { ...draft }, note: { ...note }, reasons: ['tone'] },
    });
  });
  const logged = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => undefined),
  );
  receiver.reply = () => ({ status: 503 });
  await sync();
  receiver.reply = null;
  await device.sync().syncNow({ asked: true });
  const sent = JSON.stringify(receiver.received.map(({ path, body }) => [path, body]));
  const written = JSON.stringify([
    await device.store.syncState(),
    await device.store.problems(),
    logged.map((spy) => spy.mock.calls),
  ]);
  vi.restoreAllMocks();
  expect(names()).toHaveLength(4);
  for (const canary of canaries) expect(sent + written).not.toContain(canary);
  expect(sent + written).not.toContain('otlp-token');
  for (const { headers } of receiver.received) expect(headers.cookie).toBeUndefined();
});

test('the receiver of these tests says no to what is not of the schema', () => {
  const request = (json: object, path = '/v1/logs') => ({
    method: 'POST',
    path,
    headers: HEADERS,
    body: JSON.stringify(json),
  });
  const withRecord = (record: object) =>
    request({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
  expect(() => parseExport(withRecord({ traceId: TRACE, severityNumber: 9 }))).not.toThrow();
  expect(() => parseExport(withRecord({ trace_id: TRACE }))).toThrow('not of the schema');
  expect(() => parseExport(withRecord({ traceId: 'xyz' }))).toThrow('no id');
  expect(() => parseExport(withRecord({ timeUnixNano: 'soon' }))).toThrow();
  expect(() => parseExport(withRecord({ attributes: [{ key: 'a', value: 'b' }] }))).toThrow();
});

test('the connection test asks for both signals and says what is wrong', async () => {
  const outside = { fetch, now: Date.now, randomBytes };
  const tryIt = () => testConnection(receiver.url, 'otlp-token', outside, 'otlp');
  const good = await tryIt();
  expect(good.steps.map((step) => `${step.code} ${step.ok}`)).toEqual([
    'address true',
    'reached true',
    'logs true',
    'traces true',
  ]);
  expect(good.ok).toBe(true);
  const last = async () => {
    const { ok, steps } = await tryIt();
    expect(ok).toBe(false);
    return `${steps.at(-1)?.code} ${steps.at(-1)?.detail}`;
  };
  receiver.reply = ({ path }) => (path === '/v1/traces' ? { status: 404 } : null);
  expect(await last()).toBe('traces no-traces');
  receiver.reply = () => ({ status: 401 });
  expect(await last()).toBe('token unauthorized');
  receiver.reply = () => ({ status: 500 });
  expect(await last()).toBe('logs http-500');
  receiver.answer = () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' });
  expect(await last()).toBe('logs not-otlp');
});
