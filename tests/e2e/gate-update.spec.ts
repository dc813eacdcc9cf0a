import { expect, test } from '@playwright/test';
import { DESK, deskSite } from '../fixtures/pages/desk.ts';
import { launchGate, pillText } from '../fixtures/pages/harness.ts';
import { servePages } from '../fixtures/pages/server.ts';

// A browser of its own: the test takes the extension away from it.
test('the extension goes away under the page: said, held, and how to go on', async () => {
  const server = await servePages(() => DESK);
  const browser = await launchGate();
  try {
    await browser.set({ site: deskSite(server.url) });
    const desk = await browser.context.newPage();
    await desk.goto(`${server.url}/ticket?id=7`);
    await desk.fill('#plain', 'My own words.');
    await browser.asked('My own words.');
    await browser.uninstall();
    await desk.fill('#plain', 'Other words of my own.');
    await expect.poll(() => pillText(desk)).toContain('Reload this page');
    await desk.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
    await expect.poll(() => pillText(desk)).toContain('Not sent');
    expect(server.posts).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
  }
});
