import { expect, test, type Page } from '@playwright/test';
import { output as outputSchema } from '../../lib/domain/output.ts';
import { bundle, launchWorlds, type WorldsBrowser } from '../fixtures/wire/browser.ts';
import type { Clients } from '../fixtures/wire/clients.ts';
import { modelRoute } from '../fixtures/wire/model-routes.ts';
import { startStreamServer, type StreamServer } from '../fixtures/wire/stream-server.ts';

let server: StreamServer;
let worlds: WorldsBrowser;
let clients: string;
let page: Page;

test.beforeAll(async () => {
  const fixture = (name: string) => bundle(`tests/fixtures/wire/${name}.ts`);
  server = await startStreamServer(new Map([['/v1/chat/completions', modelRoute]]));
  worlds = await launchWorlds(await fixture('tap-main'), await fixture('capture-isolated'));
  clients = await fixture('clients');
});

test.afterAll(async () => {
  await worlds?.close();
  await server?.close();
});

test.beforeEach(async () => {
  page = await open('127.0.0.1');
});

test.afterEach(async () => {
  await page.close();
});

async function open(host: string): Promise<Page> {
  const opened = await worlds.context.newPage();
  await opened.goto(`http://${host}:${server.port}/`);
  await opened.addScriptTag({ content: clients });
  return opened;
}

/** What a client in a page saw of a model's answer. */
function ask(of: Page, client: keyof Clients, model: string, stopAfter = 0) {
  return of.evaluate(
    ([client, model, stopAfter]) => Reflect.get(globalThis, 'clients')[client](model, stopAfter),
    [client, model, stopAfter] as const,
  );
}

type Given = ReturnType<typeof outputSchema.parse> & { length: number };

async function given(): Promise<Given[]> {
  return await page.evaluate(() => JSON.parse(document.documentElement.dataset['given'] ?? '[]'));
}

async function problems(): Promise<string[]> {
  return await page.evaluate(() =>
    JSON.parse(document.documentElement.dataset['problems'] ?? '[]'),
  );
}

/** The outputs given, once there are `count`. */
async function outputs(count: number): Promise<Given[]> {
  await expect.poll(async () => (await given()).length).toBeGreaterThanOrEqual(count);
  const all = await given();
  expect(all).toHaveLength(count);
  for (const one of all) expect(outputSchema.safeParse(one).success).toBe(true);
  return all;
}

for (const client of ['openai', 'aiSdk'] as const) {
  for (const model of ['complete', 'odd', 'length', 'error-mid', 'rate-limit', 'stops', 'cut']) {
    test(`${client} gets the same of "${model}" with and without the tap`, async () => {
      const native = await open('localhost');
      const without = await ask(native, client, model);
      await native.close();
      expect(await ask(page, client, model)).toEqual(without);
      expect(without.parts.length + without.ended.length).toBeGreaterThan(3);
    });
  }
}

for (const client of ['openai', 'aiSdk'] as const) {
  test(`${client}: text, model, usage, probabilities, citations, latency`, async () => {
    await ask(page, client, 'complete');
    const [output] = await outputs(1);
    expect(output).toMatchObject({
      text: 'Grüße aus Zürich 😀.',
      evidence: ['network'],
      finish: 'complete',
      finishDetail: null,
      protocol: 'openai-chat',
      model: 'countersign-test-1',
      usage: { input: 21, output: 6, total: 27 },
      requestPath: '/v1/chat/completions',
      citations: [{ url: 'https://policy.test/refunds', start: 0, end: 5 }],
      truncated: false,
    });
    expect(output?.tokens?.map((token) => token.logprob)).toEqual([-0.1, -20, -0.3, -1.5, 0]);
    expect(output?.latency.firstByteMs).toBeGreaterThan(0);
    expect(output?.latency.totalMs).toBeGreaterThan(output?.latency.firstByteMs ?? Infinity);
    expect(await problems()).toEqual([]);
  });
}

test('a whole answer: its first byte is unknown, its end is not', async () => {
  await ask(page, 'openaiWhole', 'whole');
  const [output] = await outputs(1);
  expect(output).toMatchObject({ text: 'Your order 4711 left on 3 May.', finish: 'complete' });
  expect(output?.latency.firstByteMs).toBeNull();
  expect(output?.latency.totalMs).toBeGreaterThan(0);
});

for (const [model, text, finish, detail] of [
  ['length', 'It goes on and on', 'length', 'length'],
  ['error-mid', 'Your parcel is is', 'error', 'server_error: The server is overloaded'],
  ['rate-limit', '', 'error', '429 rate_limit_exceeded: Rate limit reached, try again in 20 s'],
  ['stops', 'A stream that just stops', 'unknown', 'no-finish-reason'],
  ['cut', 'The line breaks in the mid', 'aborted', 'line-broken'],
] as const) {
  test(`"${model}" is no complete answer`, async () => {
    await ask(page, 'openai', model);
    const [output] = await outputs(1);
    expect(output).toMatchObject({ text, finish, finishDetail: detail });
  });
}

for (const client of ['openai', 'aiSdk'] as const) {
  test(`${client}: Stop is an aborted answer`, async () => {
    await ask(page, client, 'slow', 5);
    const [output] = await outputs(1);
    expect(output).toMatchObject({ finish: 'aborted', finishDetail: 'stopped-by-page' });
    expect(output?.text).toMatch(/^(and so on )+$/);
  });
}
