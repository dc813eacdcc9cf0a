import { test as base, type Page } from '@playwright/test';
import { openStories, type StoryBrowser } from '../../stories/browser.ts';

/** What a test of the panel gets beside Playwright's own. */
interface StoryFixtures {
  /** Opens a story, works on it and closes it, also when the work fails. */
  withStory: (name: string, work: (page: Page) => Promise<void>) => Promise<void>;
}

/**
 * A test on our pages with the real use cases and a real database; only the page at the far end is played.
 * The stories are built once for all files that one process runs.
 */
export const test = base.extend<StoryFixtures, { stories: StoryBrowser }>({
  stories: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from the pattern.
    async ({}, provide) => {
      const stories = await openStories();
      await provide(stories);
      await stories.close();
    },
    { scope: 'worker' },
  ],
  withStory: async ({ stories }, provide) => {
    await provide(async (name, work) => {
      const page = await stories.open(name);
      try {
        await work(page);
      } finally {
        await page.context().close();
      }
    });
  },
});

/** A call that the pages made to the worker. */
interface Call {
  name: string;
  request: { verb?: string; reasons?: string[] };
}

/** The calls that a story's page made since it was seeded, oldest first. */
export const callsOf = (page: Page): Promise<Call[]> =>
  page.evaluate(() => Reflect.get(globalThis, 'bench').calls as Call[]);

/** How often a story's page made this call. */
export const timesOf = async (page: Page, name: string): Promise<number> =>
  (await callsOf(page)).filter((call) => call.name === name).length;

/** The verbs that were decided with, oldest first; letting a person's own text go is one by its call's name. */
export const decisions = async (page: Page): Promise<string[]> =>
  (await callsOf(page))
    .filter(({ name }) => name === 'item.decide' || name === 'item.release-human')
    .map(({ name, request }) => request.verb ?? name);

export const detail = (page: Page) => page.getByRole('region', { name: 'Review detail' });
export const queue = (page: Page) => page.getByRole('grid', { name: 'Review queue' });
