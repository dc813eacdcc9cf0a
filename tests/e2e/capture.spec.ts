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
    expect(output?.latency.totalMs).toBeGreaterThanOrEqual(output?.latency.firstByteMs ?? Infinity);
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

/** Puts an answer into the page as an app would; returns when it stands there. */
async function showAnswer(text: string): Promise<void> {
  await page.evaluate((text) => {
    const answer = document.createElement('div');
    answer.className = 'answer';
    answer.textContent = text;
    document.querySelector('#page')?.append(answer);
  }, text);
}

test('an answer of the wire that the page shows gains the page as evidence, under one id', async () => {
  await ask(page, 'openai', 'complete');
  await outputs(1);
  await showAnswer('Grüße aus Zürich 😀.');
  const [first, second] = await outputs(2);
  expect(second).toEqual({ ...first, evidence: ['network', 'dom'] });
});

test('an answer on screen with nothing on the wire is known by the page alone', async () => {
  await showAnswer('Your parcel left our house in Bremen on Monday.');
  const [output] = await outputs(1);
  expect(output).toMatchObject({
    text: 'Your parcel left our house in Bremen on Monday.',
    evidence: ['dom'],
    protocol: 'dom',
    model: null,
    finish: 'unknown',
  });
});

test('an answer that grows on screen but not on the wire is a gap, and is said', async () => {
  await showAnswer('One');
  for (const more of ['Two', 'Three', 'Four']) {
    await page.waitForTimeout(400);
    await page.evaluate((more) => document.querySelector('.answer')?.append(` ${more}`), more);
  }
  const [output] = await outputs(1);
  expect(output?.text).toBe('One Two Three Four');
  expect(await problems()).toEqual(['answer-not-on-wire']);
});

test('an error in a bubble is no answer, whatever the page makes of it', async () => {
  await ask(page, 'openai', 'rate-limit');
  await outputs(1);
  await showAnswer('Rate limit reached. Please wait a moment and try again.');
  const [, shown] = await outputs(2);
  expect(shown).toMatchObject({
    text: 'Rate limit reached. Please wait a moment and try again.',
    evidence: ['dom', 'network'],
    finish: 'error',
    finishDetail: '429 rate_limit_exceeded: Rate limit reached, try again in 20 s',
  });
});

test('one answer on two channels is one output', async () => {
  await ask(page, 'openai', 'complete');
  await ask(page, 'openai', 'complete');
  await ask(page, 'openai', 'length');
  const all = await outputs(2);
  expect(all.map((one) => one.finish)).toEqual(['complete', 'length']);
});

test('a clone that is left says nothing about the answer that goes on', async () => {
  const text = await page.evaluate(async () => {
    const response = await fetch('/v1/chat/completions', {
      method: 'POST',
      body: JSON.stringify({ model: 'complete', stream: true, messages: [] }),
    });
    const copy = response.clone().body?.getReader();
    await copy?.read();
    void copy?.cancel();
    return await response.text();
  });
  expect(text).toContain('[DONE]');
  const [output] = await outputs(1);
  expect(output?.finish).toBe('complete');
});

test('declared outputs: an element, an event, and the wire beats the claim', async () => {
  await page.evaluate(() => {
    const answer = document.createElement('p');
    answer.setAttribute('data-countersign-output', '');
    answer.setAttribute('data-countersign-model', 'house-model');
    answer.setAttribute('data-countersign-confidence', '0.8');
    answer.setAttribute('data-countersign-sources', '[{"title":"Policy","url":"https://p.test"}]');
    answer.setAttribute('data-countersign-state', 'streaming');
    answer.textContent = 'Your refund';
    document.body.append(answer);
    setTimeout(() => {
      answer.textContent = 'Your refund is booked.';
      answer.setAttribute('data-countersign-state', 'complete');
    }, 600);
  });
  const [element] = await outputs(1);
  expect(element).toMatchObject({
    text: 'Your refund is booked.',
    evidence: ['declared'],
    protocol: 'declared',
    finish: 'complete',
    model: 'house-model',
    declaredConfidence: { value: 0.8 },
    citations: [{ title: 'Policy', url: 'https://p.test' }],
  });
  await ask(page, 'openai', 'stops');
  await page.evaluate(() => {
    const detail = JSON.stringify({
      text: 'A stream that just stops',
      state: 'complete',
      model: 'another-model',
      confidence: { value: 0.9, source: 'retrieval score' },
    });
    document.dispatchEvent(new CustomEvent('countersign:output', { detail }));
  });
  const [, wire, both] = await outputs(3);
  expect(both).toEqual({
    ...wire,
    evidence: ['network', 'declared'],
    declaredConfidence: { value: 0.9, source: 'retrieval score' },
  });
  expect(both).toMatchObject({ finish: 'unknown', model: 'countersign-test-1' });
});

test('an answer longer than a mebibyte is cut and says so', async () => {
  await ask(page, 'openai', 'big');
  const [output] = await outputs(1);
  expect(output).toMatchObject({ truncated: true, length: 1_048_576, finish: 'complete' });
});

test('broken UTF-8 gives the text that the page gets', async () => {
  const { parts } = await ask(page, 'openai', 'broken-utf8');
  const [output] = await outputs(1);
  expect(output?.text).toMatch(/^Half a character: \uFFFD+ and on$/u);
  expect(parts.join('')).toContain(output?.text);
});

test('a page without a tap says so; what a page then forges is refused, limited, and no harm', async () => {
  const bare = await launchWorlds('', await bundle('tests/fixtures/wire/capture-isolated.ts'));
  try {
    const opened = await bare.context.newPage();
    await opened.goto(`http://127.0.0.1:${server.port}/`);
    await expect
      .poll(() => opened.evaluate(() => document.documentElement.dataset['problems']))
      .toBe('["tap-missing"]');
    const alive = await opened.evaluate(forge, FLOOD);
    expect(alive).toBe('alive');
    const read = async (name: string): Promise<unknown[]> =>
      JSON.parse((await opened.evaluate((n) => document.documentElement.dataset[n], name)) ?? '[]');
    await expect
      .poll(() => read('problems'), { timeout: 30_000 })
      .toEqual(['tap-missing', 'tap-bad-message', 'tap-flood messages']);
    // A forged stream that looks right is an output like any other: the page's claim.
    await expect.poll(async () => (await read('given')).length).toBe(1);
    expect(await read('given')).toMatchObject([{ text: 'forged', finish: 'complete' }]);
  } finally {
    await bare.close();
  }
});

const FLOOD = 100_000;

/** Run by a hostile page: takes the port that the tap did not, sends what it likes. */
async function forge(flood: number): Promise<string> {
  let port: MessagePort | undefined;
  const take = (event: Event) => {
    if (event instanceof MessageEvent) port = event.ports[0];
  };
  window.addEventListener('countersign-port', take);
  window.dispatchEvent(new Event('countersign-tap'));
  if (port === undefined) return 'no port';
  const head = {
    t: 'head',
    url: 'https://x',
    contentType: '',
    status: 200,
    asked: true,
    sentAt: 0,
  };
  const chunk = {
    id: 'x',
    choices: [{ index: 0, delta: { content: 'forged' }, finish_reason: 'stop' }],
  };
  for (const bad of [
    null,
    7,
    'head',
    [],
    { t: 'approve', id: 1 },
    { ...head, id: -1 },
    { ...head, id: 1, url: 'x'.repeat(10_000) },
    { t: 'data', id: 1, at: 0, bytes: 'text' },
    { t: 'data', id: 1, at: Number.NaN, bytes: new Uint8Array(1) },
    { t: 'text', id: 1, at: 0, text: 'x'.repeat(20_000_000) },
    { t: 'end', id: 1, at: 0, how: 'complete', cloned: false },
    { t: 'data', id: 1, at: 0, bytes: new Uint8Array(1), __proto__: { t: 'head' } },
  ]) {
    port.postMessage(bad);
  }
  port.postMessage({ ...head, id: 5 });
  port.postMessage({ t: 'text', id: 5, at: 9, text: `data: ${JSON.stringify(chunk)}\n\n` });
  port.postMessage({ t: 'end', id: 5, at: 9, how: 'end', cloned: false });
  for (let i = 0; i < flood; i += 1) port.postMessage({ ...head, id: i + 10 });
  await new Promise((resolve) => setTimeout(resolve, 0));
  return 'alive';
}
