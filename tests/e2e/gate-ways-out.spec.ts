import { expect, test, type Page } from '@playwright/test';
import { launchGate, pillText, type GateBrowser } from '../fixtures/pages/harness.ts';
import { servePages } from '../fixtures/pages/server.ts';
import { HELD, OPEN, SEND, type WayOut } from '../fixtures/pages/ways-out.ts';

const DRAFT = 'AIDRAFT Your refund of 102 euros is on its way.';
let browser: GateBrowser;
let server: Awaited<ReturnType<typeof servePages>>;
let ways: readonly WayOut[] = [];

test.beforeAll(async () => {
  ways = [...HELD, ...OPEN];
  server = await servePages((path) => {
    const way = ways[Number(/^\/way\/(\d+)/.exec(path)?.[1] ?? -1)];
    return `<!doctype html><title>Ticket 7</title><body><script>${SEND}</script>${way?.html ?? 'posted'}`;
  });
  browser = await launchGate();
});
test.afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const siteFor = (way: WayOut) => ({
  id: 'ways',
  name: 'Ways out',
  version: 1,
  origins: [server.url],
  kind: 'helpdesk',
  testedOn: null,
  composers: [
    {
      id: 'reply',
      editor: '#box',
      send: ['#send'],
      keys: way.keys ?? [],
      ...(way.html.includes('<form') ? { field: 'body' } : {}),
    },
  ],
});

async function openWay(way: WayOut): Promise<Page> {
  await browser.set({ site: siteFor(way), approved: [], calls: [], mode: 'enforce', delay: 0 });
  server.posts.length = 0;
  const page = await browser.context.newPage();
  await page.goto(`${server.url}/way/${ways.indexOf(way)}`);
  return page;
}

async function press(page: Page, way: WayOut): Promise<void> {
  if ('click' in way.press) await page.click(way.press.click);
  else if ('key' in way.press) await page.locator(way.press.on).press(way.press.key);
  else await page.evaluate(way.press.run).catch(navigated);
}

/** A script that makes the page navigate does not return. */
function navigated(error: unknown): void {
  if (!/navigation|destroyed/i.test(String(error))) throw error;
}

async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(250);
}

for (const way of HELD)
  test(`${way.name}: an undecided draft is held, an approved one leaves once`, async () => {
    const page = await openWay(way);
    try {
      await page.fill('#box', DRAFT);
      await browser.asked(DRAFT);
      await expect.poll(() => pillText(page)).toContain('to review');
      await press(page, way);
      await settled(page);
      expect(server.posts).toEqual([]);
      expect(await pillText(page)).toContain('Not sent');
      expect((await browser.calls('send.seen')).map((seen) => seen['action'])).toEqual(['hold']);

      await browser.approve();
      await expect.poll(() => pillText(page)).toContain('Approved');
      await press(page, way);
      await expect.poll(() => server.posts.length).toBe(1);
      await settled(page);
      expect(server.posts).toHaveLength(1);
      expect((await browser.calls('send.seen')).at(-1)?.['action']).toBe('pass');
    } finally {
      await page.close();
    }
  });

/** What cannot be pressed again for the person: there the second press sends. */
const NOT_REPLAYED = /pointer|mouse|beforeinput|keypress|keyup|closed shadow/;

for (const way of HELD.filter((one) => NOT_REPLAYED.test(one.name)))
  test(`${way.name}: a person's own text, not yet checked, leaves once at the second press`, async () => {
    const page = await openWay(way);
    try {
      await browser.set({ delay: 150 });
      await expect.poll(async () => (await browser.calls('page.hello')).length).toBeGreaterThan(0);
      await page.waitForTimeout(500);
      await page.fill('#box', 'My own words, typed by hand.');
      await press(page, way);
      await browser.asked('My own words, typed by hand.');
      await settled(page);
      const first = server.posts.length;
      if (first === 0) await press(page, way);
      await expect.poll(() => server.posts.length).toBe(1);
      await settled(page);
      expect(server.posts).toHaveLength(1);
    } finally {
      await page.close();
    }
  });

for (const way of HELD.filter((one) => !NOT_REPLAYED.test(one.name)))
  test(`${way.name}: a person's own text, not yet checked, leaves once`, async () => {
    const page = await openWay(way);
    try {
      await browser.set({ delay: 150 });
      await page.locator('#box').click();
      await expect.poll(async () => (await browser.calls('page.hello')).length).toBeGreaterThan(0);
      await page.waitForTimeout(500);
      await page.fill('#box', 'My own words, typed by hand.');
      await press(page, way);
      await expect.poll(() => server.posts.length).toBe(1);
      await settled(page);
      expect(server.posts).toHaveLength(1);
      expect((await browser.calls('send.seen')).map((seen) => seen['action'])).toEqual(['pass']);
    } finally {
      await page.close();
    }
  });

for (const way of OPEN)
  test(`${way.name}: leaves, and is told`, async () => {
    const page = await openWay(way);
    try {
      await page.fill('#box', DRAFT);
      await browser.asked(DRAFT);
      await expect.poll(() => pillText(page)).toContain('to review');
      await press(page, way);
      await expect.poll(() => server.posts.length).toBe(1);
      await expect
        .poll(async () => (await browser.calls('send.seen')).map((seen) => seen['action']))
        .toEqual(['pass-unguarded']);
      expect((await browser.calls('delivery.read')).at(-1)?.['text']).toBe(DRAFT);
    } finally {
      await page.close();
    }
  });
