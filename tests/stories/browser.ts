import { chromium, type Browser, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import { serveStories } from './serve.ts';

/** A browser and the stories that it shows. */
export interface StoryBrowser {
  browser: Browser;
  /** Opens a story in a page of its own and waits until it is painted. */
  open: (name: string, options?: StoryOptions) => Promise<Page>;
  close: () => Promise<void>;
}

/** How a story is shown; the panel's own size and the light theme by default. */
interface StoryOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  forcedColors?: boolean;
  /** Text size in percent. */
  text?: number;
}

/** Builds the stories and starts Chromium. Close it in `finally`. */
export async function openStories(): Promise<StoryBrowser> {
  const served = await serveStories();
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error('No Chromium found; set COUNTERSIGN_BROWSER.');
  const browser = await chromium.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  let runs = 0;
  return {
    browser,
    async open(name, options = {}) {
      const { width = 360, height = 633, dark = false, forcedColors = false, text } = options;
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        ...(forcedColors ? { forcedColors: 'active' as const } : {}),
      });
      const page = await context.newPage();
      runs += 1;
      const query = new URLSearchParams({ story: name, run: String(runs) });
      if (text !== undefined) query.set('text', String(text));
      await page.goto(`${served.url}/?${query}`);
      await page.locator('main').first().waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
