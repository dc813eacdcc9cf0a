import { expect, test, type Page } from '@playwright/test';
import { bundle, launchWorlds, type WorldsBrowser } from '../fixtures/wire/browser.ts';
import { startStreamServer, type StreamServer } from '../fixtures/wire/stream-server.ts';

/** Every row runs on a page with the tap and on one without; what the page sees must be the same. */
let server: StreamServer;
let worlds: WorldsBrowser;
let tapped: Page;
let native: Page;
let lastId = 0;

test.beforeAll(async () => {
  const fixture = (name: string) => bundle(`tests/fixtures/wire/${name}.ts`);
  server = await startStreamServer(new Map());
  worlds = await launchWorlds(await fixture('tap-main'), await fixture('recorder-isolated'));
  tapped = await worlds.context.newPage();
  native = await worlds.context.newPage();
  await tapped.goto(`http://127.0.0.1:${server.port}/`);
  await native.goto(`http://localhost:${server.port}/`);
});

test.afterAll(async () => {
  await worlds?.close();
  await server?.close();
});

/** Runs a probe in both pages and gives both answers; the probe's argument is a fresh id. */
async function both<Answer>(probe: (id: string) => Promise<Answer>) {
  const run = async (page: Page) => {
    const id = `row${(lastId += 1)}`;
    return { id, answer: await page.evaluate(probe, id) };
  };
  return { native: await run(native), tapped: await run(tapped) };
}

/** The probe sees the same with and without the tap. */
async function same<Answer>(probe: (id: string) => Promise<Answer>): Promise<Answer> {
  const answers = await both(probe);
  expect(answers.tapped.answer).toEqual(answers.native.answer);
  return answers.tapped.answer;
}

/** Bodies that the tap told to the isolated world, once `count` of them have ended. */
async function heard(): Promise<{ t: string; id: number; text: string; how: string }[]> {
  return await tapped.evaluate(() => JSON.parse(document.documentElement.dataset['heard'] ?? '[]'));
}

test('the tap is really there', async () => {
  await tapped.evaluate(() => fetch('/body?text=data:%20there%0A%0A').then((r) => r.text()));
  await expect.poll(async () => (await heard()).some((m) => m.text.includes('there'))).toBe(true);
  expect(await native.evaluate(() => document.documentElement.dataset['heard'])).toBeUndefined();
});

test('reader.cancel() reaches the server', async () => {
  const { tapped: row } = await both(async (id) => {
    const response = await fetch(`/ticks?id=${id}`);
    const reader = response.body!.getReader();
    for (let i = 0; i < 5; i += 1) await reader.read();
    await reader.cancel('stop');
    return (await reader.read()).done;
  });
  expect(row.answer).toBe(true);
  await expect.poll(() => server.sent(row.id).closedEarly).toBe(true);
});
