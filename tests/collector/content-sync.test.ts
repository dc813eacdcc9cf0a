import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { ContentLevel } from '../../lib/domain/content-level.ts';
import { contentsReply } from '../../lib/protocol/content.ts';
import { testAssessment, testEnv, testItem } from '../../lib/store/store.test-support.ts';
import { createContentSync, type ContentDeps } from '../../lib/sync/content-sync.ts';
import { newDevice } from './device.ts';
import { ENDPOINT, TwoCollectors, type Fetch } from './two-collectors.ts';

const collectors = new TwoCollectors();
const CARD = '4111 1111 1111 1111';

let count = 0;

/** A device whose person edits drafts, with the engine for texts beside the one for entries. */
function contentDevice() {
  count += 1;
  const device = newDevice(ENDPOINT, collectors.first.token, 900 + count);
  const env = { ...testEnv('Mia', Date.UTC(2026, 10, 23, 9), 900 + count) };
  const allowed: { level: ContentLevel } = { level: 'full' };
  const { store } = device;
  const contents = (over: Partial<ContentDeps> = {}) =>
    createContentSync({
      store,
      settings: () => Promise.resolve({ ...device.settings, ...allowed }),
      now: () => device.clock.now,
      random: () => 0.5,
      lock: (work) => navigator.locks.request(`contents-${count}`, work),
      fetch: collectors.first.fetch,
      ...over,
    });
  const decide = (note: string) =>
    store.commit(env, async (tx) => {
      const id = `item-${Math.random()}`;
      await tx.items.put(testItem(id));
      const text = async (field: string, value: string) => ({
        ...(await tx.content(id, field, 1, value)),
      });
      const quote = { sourceId: 's', start: 0, end: 1, quote: `Record of ${note}` };
      const statement = { index: 1, start: 0, end: 1, status: 'supported' as const, facts: [] };
      const assessment = { ...testAssessment, statements: [{ ...statement, passage: quote }] };
      const item = testItem(id);
      const seen = await tx.seen(id, 1, {
        draft: note,
        bound: item.bound,
        assessment,
        policyVersion: 1,
        sources: [],
      });
      return tx.append({
        type: 'decision.edited',
        itemId: id,
        traceId: '',
        causationId: '',
        data: {
          draft: await text('draft', `Dear Ana, card ${CARD} ${note}`),
          edited: await text('edited', `Dear Bea, card ${CARD} ${note}`),
          note: await text('note', note),
          seen: { ...seen },
        },
      });
    });
  const events = () => device.sync({ fetch: collectors.first.fetch }).syncNow({ asked: true });
  /** Fields and texts that the collector holds of an entry. */
  const held = async ({ logid, seq }: { logid: string; seq: number }) => {
    const headers = {
      Authorization: `Bearer ${collectors.first.token}`,
      'Countersign-Protocol': '1',
    };
    const url = `${ENDPOINT}/v1/contents?logid=${logid}&seq=${seq}`;
    const reply = await collectors.first.fetch(url, { headers });
    if (reply.status === 404) return [];
    return contentsReply.parse(await reply.json()).contents;
  };
  return { device, store, allowed, contents, decide, events, held };
}

test('texts follow their entries, redacted, once; the untouched ones open their commitments', async () => {
  const { store, contents, decide, events, held, device } = contentDevice();
  await contents().sendNow();
  const entry = await decide('the amount was wrong');
  expect(await contents().due()).toBeNull();
  expect(await contents().sendNow()).toBe('sent');
  expect(await held(entry)).toEqual([]);
  await events();
  expect(await contents().due()).toBe(device.clock.now);
  expect(await contents().sendNow()).toBe('sent');
  const found = await held(entry);
  expect(found.map(({ field, redactions, salt }) => [field, redactions, salt !== null])).toEqual([
    ['draft', { card: 1 }, false],
    ['edit', { card: 2 }, false],
    ['edited', { card: 1 }, false],
    ['note', {}, true],
    ['quotes', {}, false],
  ]);
  expect(found[0]?.text).toBe('Dear Ana, card [card 1] the amount was wrong');
  expect(found[1]?.text).toBe('[{"kept":1},{"removed":"Ana"},{"added":"Bea"},{"kept":7}]');
  expect(await contents().due()).toBeNull();
  expect((await store.contentSyncState()).lastOkAt).toBe(device.clock.now);
});

test('killed at each step and with replies lost, the next one goes on; all is held once', async () => {
  class Killed extends Error {}
  for (let at = 1; ; at += 1) {
    const { store, contents, decide, events, held } = contentDevice();
    await contents().sendNow();
    const entries = [await decide('one'), await decide('two')];
    await events();
    let steps = 0;
    const step = async <T>(work: () => Promise<T>): Promise<T> => {
      steps += 1;
      if (steps >= at) throw new Killed();
      const done = await work();
      steps += 1;
      if (steps >= at) throw new Killed();
      return done;
    };
    const dying = contents({
      fetch: (input, init) => step(() => collectors.first.fetch(input, init)),
      store: {
        contentSyncState: () => step(() => store.contentSyncState()),
        unsentContents: (level, limit) => step(() => store.unsentContents(level, limit)),
        useContentLevel: (place, level) => step(() => store.useContentLevel(place, level)),
        setContentSync: (patch) => step(() => store.setContentSync(patch)),
        contentsSent: (logid, seq, patch) => step(() => store.contentsSent(logid, seq, patch)),
      },
    });
    const ended = await dying.sendNow().catch((error: unknown) => {
      expect(error).toBeInstanceOf(Killed);
      return 'killed';
    });
    expect(await contents().sendNow({ asked: true })).toBe('sent');
    for (const entry of entries) expect(await held(entry)).toHaveLength(5);
    if (ended === 'sent') break;
  }
});

test('a redactor that fails: no text leaves, it is said, entries go on', async () => {
  const { store, contents, decide, events, held, device } = contentDevice();
  await contents().sendNow();
  const entry = await decide('secret words');
  await events();
  const asked: unknown[] = [];
  const failing = contents({
    outgoing: () => {
      throw new RangeError('Maximum call stack: secret words');
    },
    fetch: (...call) => {
      asked.push(call);
      return collectors.first.fetch(...call);
    },
  });
  expect(await failing.sendNow()).toBe('failed');
  expect(await failing.sendNow()).toBe('waiting');
  expect(asked).toEqual([]);
  const state = await store.contentSyncState();
  expect(state.lastProblem).toEqual({ code: 'redaction', detail: '', at: device.clock.now });
  await device.record(2);
  expect(await events()).toEqual({ state: 'synced' });
  expect(await contents().sendNow({ asked: true })).toBe('sent');
  expect(await held(entry)).toHaveLength(5);
  expect((await store.contentSyncState()).lastProblem).toBeNull();
});

test('a policy that lowers the level in mid-backlog keeps the rest here', async () => {
  const { contents, decide, events, held, allowed } = contentDevice();
  await contents().sendNow();
  const entries = [];
  for (let n = 0; n < 52; n += 1) entries.push(await decide(`note ${n}`));
  await events();
  const lowering: Fetch = (input, init) => {
    allowed.level = 'ids';
    return collectors.first.fetch(input, init);
  };
  expect(await contents({ fetch: lowering }).sendNow()).toBe('none');
  const [first] = entries;
  const last = entries.at(-1);
  expect(first && (await held(first))).toHaveLength(5);
  expect(last && (await held(last))).toEqual([]);
  allowed.level = 'full';
  await contents().sendNow();
  // It was allowed when it was written, and is again.
  expect(last && (await held(last))).toHaveLength(5);
});

test.each(['webhook', 'otlp'] as const)('an endpoint of kind %s never gets texts', async (kind) => {
  const { contents, decide, device, store } = contentDevice();
  device.settings.kind = kind;
  const never: Fetch = () => Promise.reject(new Error('It asked'));
  await contents({ fetch: never }).sendNow();
  const head = await decide('words').then(() => store.head());
  if (head !== null) await store.ack(head, null);
  expect(await contents({ fetch: never }).sendNow({ asked: true })).toBe('none');
  expect(await contents({ fetch: never }).due()).toBeNull();
  // Nor does a collector that is set later.
  device.settings.kind = 'collector';
  expect(await contents().sendNow({ asked: true })).toBe('sent');
  expect(await store.contentSyncState()).toMatchObject({ lastOkAt: null });
});

test('texts that are refused for good are passed over, counted and said', async () => {
  const { contents, decide, events, held, store } = contentDevice();
  await contents().sendNow();
  const one = await decide('one');
  const two = await decide('poison');
  const three = await decide('three');
  await events();
  const picky: Fetch = async (input, init) => {
    const body = init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : '';
    if (!body.includes('poison')) return collectors.first.fetch(input, init);
    const problem = { type: 'urn:countersign:problem:request-invalid', title: '', status: 400 };
    return Response.json(problem, {
      status: 400,
      headers: { 'Content-Type': 'application/problem+json' },
    });
  };
  expect(await contents({ fetch: picky }).sendNow()).toBe('sent');
  expect(await held(one)).toHaveLength(5);
  expect(await held(two)).toEqual([]);
  expect(await held(three)).toHaveLength(5);
  expect(await store.contentSyncState()).toMatchObject({ refused: 1 });
});

test('a collector that knows no texts, or is away: asked again later, entries unharmed', async () => {
  const { contents, decide, events, held, store, device } = contentDevice();
  await contents().sendNow();
  const entry = await decide('one');
  await events();
  const away: Fetch = () => Promise.resolve(new Response('', { status: 503 }));
  expect(await contents({ fetch: away }).sendNow()).toBe('failed');
  expect((await store.contentSyncState()).lastProblem).toMatchObject({ code: 'http' });
  expect(await contents().sendNow()).toBe('waiting');
  device.clock.now = (await contents().due()) ?? 0;
  expect(await contents().sendNow()).toBe('sent');
  expect(await held(entry)).toHaveLength(5);
});
