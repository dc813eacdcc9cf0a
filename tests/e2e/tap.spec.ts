import { expect, test, type Page } from '@playwright/test';
import { bundle, launchWorlds, type WorldsBrowser } from '../fixtures/wire/browser.ts';
import { PROBE_NAMES, type ProbeName } from '../fixtures/wire/probes.ts';
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
  const probes = await fixture('probes');
  const open = async (host: string) => {
    const page = await worlds.context.newPage();
    await page.goto(`http://${host}:${server.port}/`);
    await page.addScriptTag({ content: probes });
    return page;
  };
  tapped = await open('127.0.0.1');
  native = await open('localhost');
});

test.afterAll(async () => {
  await worlds?.close();
  await server?.close();
});

async function probe(page: Page, name: ProbeName): Promise<{ id: string; answer: unknown }> {
  const id = `row${(lastId += 1)}`;
  const answer: unknown = await page.evaluate(
    ([name, id]) => Reflect.get(globalThis, 'probes')[name](id),
    [name, id] as const,
  );
  return { id, answer };
}

test('the tap is there on one page and not on the other', async () => {
  const heard = (page: Page) => page.evaluate(() => document.documentElement.dataset['heard']);
  const read = () => fetch('/body?text=data:%20there%0A%0A').then((response) => response.text());
  await tapped.evaluate(read);
  await native.evaluate(read);
  await expect.poll(() => heard(tapped)).toContain('data: there');
  expect(await heard(native)).toBeUndefined();
});

for (const name of PROBE_NAMES) {
  test(`a page sees no difference: ${name}`, async () => {
    const without = await probe(native, name);
    const withTap = await probe(tapped, name);
    expect(withTap.answer).toEqual(without.answer);
    if (!name.endsWith('ReachesServer')) return;
    await expect.poll(() => server.sent(without.id).closedEarly).toBe(true);
    await expect.poll(() => server.sent(withTap.id).closedEarly).toBe(true);
  });
}
