import { expect, type Page } from '@playwright/test';
import { DESK, DRAFT, deskSite } from '../fixtures/pages/desk.ts';
import { test } from '../fixtures/pages/desk-test.ts';
import { pillText, type GateBrowser } from '../fixtures/pages/harness.ts';

interface Reply {
  reply: { state: string; reason: string; bound: { text: string } | null };
}

const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && 'reply' in value;

async function effect(browser: GateBrowser, request: Record<string, unknown>) {
  const snapshot = (await browser.calls('composer.changed')).at(-1);
  const answer = await browser.callPage('effect.apply', {
    itemId: 'item-1',
    composerId: snapshot?.['composerId'] ?? '',
    range: { firstBlock: 0, lastBlock: 0 },
    text: '',
    ...request,
  });
  if (!isReply(answer)) throw new Error(`no reply: ${JSON.stringify(answer)}`);
  return answer.reply;
}

async function drafted(page: Page, browser: GateBrowser): Promise<string> {
  await page.fill('#plain', DRAFT);
  await browser.asked(DRAFT);
  await expect.poll(() => pillText(page)).toContain('to review');
  return browser.lastHash();
}

test('release lets exactly what was shown leave', async ({ desk, browser_, server }) => {
  const shownHash = await drafted(desk, browser_);
  await browser_.set({ approved: [shownHash] });
  const done = await effect(browser_, { decisionId: 'd1', act: 'release', shownHash });
  expect(done).toMatchObject({ state: 'applied', bound: { text: DRAFT } });
  await expect.poll(() => pillText(desk)).toContain('Approved');
  await desk.click('#go');
  await expect.poll(() => server.posts.length).toBe(1);
});

test('release of something else than what stands there fails as changed', async ({
  desk,
  browser_,
  server,
}) => {
  const shownHash = await drafted(desk, browser_);
  await desk.evaluate(() => {
    const box = document.querySelector<HTMLTextAreaElement>('#plain');
    if (box !== null) box.value += ' Maybe.';
  });
  const done = await effect(browser_, { decisionId: 'd2', act: 'release', shownHash });
  expect(done).toMatchObject({ state: 'failed', reason: 'changed' });
  await desk.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
  await expect.poll(() => pillText(desk)).toContain('Not sent');
  expect(server.posts).toEqual([]);
});

test('replace writes once, however often it is asked', async ({ desk, browser_ }) => {
  const shownHash = await drafted(desk, browser_);
  const request = { decisionId: 'd3', act: 'replace', shownHash, text: 'AIDRAFT It is 102 euros.' };
  const [first, second] = await Promise.all([effect(browser_, request), effect(browser_, request)]);
  expect(first).toMatchObject({ state: 'applied', bound: { text: 'AIDRAFT It is 102 euros.' } });
  expect(second).toEqual(first);
  await desk.fill('#plain', 'Typed since.');
  expect(await effect(browser_, request)).toEqual(first);
  await expect(desk.locator('#plain')).toHaveValue('Typed since.');
});

test('withdraw takes the pass away', async ({ desk, browser_, server }) => {
  const shownHash = await drafted(desk, browser_);
  await browser_.approve();
  await expect.poll(() => pillText(desk)).toContain('Approved');
  await browser_.set({ approved: [] });
  const done = await effect(browser_, { decisionId: 'd4', act: 'withdraw', shownHash });
  expect(done.state).toBe('applied');
  await expect.poll(() => pillText(desk)).toContain('to review');
  await desk.click('#go');
  await expect.poll(() => pillText(desk)).toContain('Not sent');
  expect(server.posts).toEqual([]);
});

test('sent back: into the empty prompt, never over a person’s own', async ({ desk, browser_ }) => {
  const shownHash = await drafted(desk, browser_);
  const back = { act: 'return-to-chat', shownHash, text: 'Wrong fact.\nAmount is 102 euros.' };
  expect(await effect(browser_, { ...back, decisionId: 'd5' })).toMatchObject({ state: 'applied' });
  await expect(desk.locator('#prompt')).toHaveValue('Wrong fact.\nAmount is 102 euros.');
  expect(await effect(browser_, { ...back, decisionId: 'd6' })).toMatchObject({
    state: 'failed',
    reason: 'not-empty',
  });
});

test('a composer that is gone: failed, and nothing else touched', async ({ desk, browser_ }) => {
  const shownHash = await drafted(desk, browser_);
  await desk.evaluate(() => document.querySelector('#plain')?.remove());
  await expect.poll(() => pillText(desk)).toBe('');
  const done = await effect(browser_, { decisionId: 'd7', act: 'release', shownHash });
  expect(done).toMatchObject({ state: 'failed', reason: 'gone', bound: null });
});

test('a quote is shown in the page, across elements and white space', async ({
  desk,
  browser_,
}) => {
  await drafted(desk, browser_);
  const found = (quote: string) => browser_.callPage('page.highlight', { quote });
  expect(await found('order 1182  OF\n102 euros')).toMatchObject({ reply: { found: true } });
  expect(await desk.evaluate(() => CSS.highlights.has('countersign'))).toBe(true);
  expect(await found('nowhere to be seen')).toMatchObject({ reply: { found: false } });
});

test('what the thread shows afterwards is read, not what stood there before', async ({
  desk,
  browser_,
}) => {
  await desk.evaluate((text) => {
    const old = document.createElement('p');
    old.className = 'sent';
    old.textContent = text;
    document.body.append(old);
    document.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      const sent = document.createElement('p');
      sent.className = 'sent';
      sent.textContent = document.querySelector<HTMLTextAreaElement>('#plain')?.value ?? '';
      setTimeout(() => document.body.append(sent), 600);
    });
  }, DRAFT);
  await drafted(desk, browser_);
  await browser_.approve();
  await expect.poll(() => pillText(desk)).toContain('Approved');
  await desk.click('#go');
  await desk.waitForTimeout(300);
  expect(await browser_.calls('delivery.read')).toEqual([]);
  await expect
    .poll(async () => (await browser_.calls('delivery.read')).at(-1))
    .toEqual({ itemId: 'item-1', how: 'thread', text: DRAFT, kind: null });
});

test('the next page tells what was stored', async ({ openHtml, server, browser_ }) => {
  const html = DESK.replace('</h1>', `</h1><p class="sent">${DRAFT}</p>`);
  const site = deskSite(server.url);
  await openHtml('/first', DESK, site);
  await browser_.set({ awaiting: [{ itemId: 'item-9', text: DRAFT }] });
  const page = await browser_.context.newPage();
  try {
    await page.route('**/stored', (route) =>
      route.fulfill({ contentType: 'text/html', body: html }),
    );
    await page.goto(`${server.url}/stored`);
    await expect
      .poll(async () => (await browser_.calls('delivery.read')).at(-1))
      .toEqual({ itemId: 'item-9', how: 'thread', text: DRAFT, kind: null });
  } finally {
    await page.close();
  }
});
