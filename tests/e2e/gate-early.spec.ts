import { expect } from '@playwright/test';
import { DESK, DRAFT } from '../fixtures/pages/desk.ts';
import { test } from '../fixtures/pages/desk-test.ts';
import { pillText } from '../fixtures/pages/harness.ts';

// The worker may take its time after a start of the browser; a press does not wait for it.
test('in Enforce nothing leaves before the worker has said which site this is', async ({
  browser_,
  openHtml,
  server,
}) => {
  const desk = await openHtml('/enforced', DESK);
  const address = desk.url();
  // The first page asks about its boxes too: it must be gone before the questions are counted.
  await desk.goto('about:blank');
  await browser_.set({ silent: true, calls: [] });
  await desk.goto(address);
  await expect.poll(async () => (await browser_.calls('page.hello')).length).toBeGreaterThan(0);
  await desk.fill('#plain', DRAFT);
  await desk.waitForTimeout(600);
  await desk.click('#go');
  await expect.poll(() => pillText(desk)).toContain('Not sent: Countersign does not answer');
  await desk.fill('#rich', DRAFT);
  await desk.press('#rich', 'Control+Enter');
  await desk.evaluate(() =>
    HTMLFormElement.prototype.submit.call(document.querySelector('#f') ?? undefined),
  );
  await desk.waitForTimeout(300);
  expect(server.posts).toEqual([]);
  expect(desk.url()).toContain('/enforced');
  expect(await browser_.calls('composer.changed')).toEqual([]);

  await browser_.set({ silent: false });
  await browser_.asked(DRAFT);
  await desk.fill('#plain', 'My own words.');
  await browser_.asked('My own words.');
  await expect.poll(() => pillText(desk)).not.toContain('Not sent');
  await desk.click('#go');
  await expect.poll(() => server.posts.length).toBe(1);
});

test('where it is not enforced, the page is left alone until then', async ({
  browser_,
  openHtml,
  server,
}) => {
  const desk = await openHtml('/ticket', DESK);
  await browser_.set({ silent: true });
  await desk.reload();
  await desk.fill('#plain', DRAFT);
  await desk.waitForTimeout(600);
  await desk.click('#go');
  await expect.poll(() => server.posts.length).toBe(1);
  expect(await pillText(desk)).toBe('');
});
