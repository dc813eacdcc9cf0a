import type { Locator, Page } from '@playwright/test';
import type { Mastra } from '../../../scripts/apps/mastra/start.ts';

/** Mastra Studio's chat as a person uses it; selectors as seen in 1.31.0 (docs/apps.md). */

/** A new conversation with the agent, its answer stream connected. */
export const openAgent = async (page: Page, mastra: Mastra): Promise<void> => {
  const subscribed = page.waitForResponse((response) =>
    response.url().endsWith('/threads/subscribe'),
  );
  await page.goto(mastra.agentUrl);
  await prompt(page).waitFor();
  await subscribed;
};

/** The box in which a person asks. */
export const prompt = (page: Page): Locator => page.locator('textarea[data-slot="composer-input"]');

/** The assistant's messages, oldest first; error texts stand there too. */
export const answers = (page: Page): Locator =>
  page.locator('[data-slot="message"][data-from="assistant"]');

/** Sends a prompt; does not wait for the answer. */
export const ask = async (page: Page, text: string): Promise<void> => {
  await prompt(page).fill(text);
  await page.locator('button[aria-label="Send"]').click();
};

/**
 * Waits until answer number `nth` (from 0) shows `lastWords` and returns its text as shown. The
 * page has no sign of the end that is there at all speeds, so the caller says what comes last.
 */
export const answer = async (page: Page, nth: number, lastWords: string): Promise<string> => {
  const content = answers(page).nth(nth).locator('[data-slot="message-content"]');
  await content.filter({ hasText: lastWords }).waitFor();
  return content.innerText();
};

/** Presses Stop while an answer streams. */
export const stopAnswer = (page: Page): Promise<void> =>
  page.locator('button[aria-label="Cancel"]').click();

/** Copies answer number `nth` with Mastra's own button; needs the clipboard permissions. */
export const copyAnswer = async (page: Page, nth: number): Promise<void> => {
  const copy = answers(page).nth(nth).locator('button[aria-label="Copy message"]');
  await copy.scrollIntoViewIfNeeded();
  await copy.click();
};

/** Selects answer number `nth` as a mouse would and copies it with the keyboard (rich text). */
export const selectAndCopyAnswer = async (page: Page, nth: number): Promise<void> => {
  await answers(page)
    .nth(nth)
    .locator('[data-slot="message-content"]')
    .evaluate((content) => getSelection()?.selectAllChildren(content));
  await page.keyboard.press('ControlOrMeta+C');
};
