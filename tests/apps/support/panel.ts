import { expect as soon, type Locator, type Page } from '@playwright/test';
import type { Extension } from '../../e2e/support/extension.ts';
import { pillText } from '../../fixtures/pages/harness.ts';

const expect = soon.configure({ timeout: 30_000 });

/** The side panel and the pill as a reviewer uses them, above a page of a real app. */

/** The item on screen. */
export const detail = (panel: Page): Locator =>
  panel.getByRole('region', { name: 'Review detail' });

/** The draft's own text as the panel shows it. */
export const draft = (panel: Page): Locator =>
  detail(panel).getByRole('region', { name: 'Draft' }).locator('[data-draft]');

/** Waits until the page's pill says this. */
export const pillSays = (page: Page, words: string | RegExp): Promise<void> =>
  expect.poll(() => pillText(page)).toMatch(words);

/** Opens the panel as a person does, by the pill, and waits for the item of this ticket. */
export const openByPill = async (
  page: Page,
  extension: Extension,
  ticket: number,
): Promise<Page> => {
  await page.bringToFront();
  await page.locator('countersign-pill').click();
  const panel = await extension.panel();
  // Drafts of several tickets may read the same.
  await detail(panel).getByText(`#${ticket} · `).waitFor();
  await draft(panel).waitFor();
  return panel;
};

const verbButton = (panel: Page, name: RegExp): Locator =>
  panel.getByRole('toolbar', { name: 'Decide' }).getByRole('button', { name });

/** Approves what is on screen. */
export const approve = async (panel: Page): Promise<void> => {
  const button = verbButton(panel, /^Approve/);
  // A draft that does not fit is read to its end first; the verb says so and stays focusable.
  await draft(panel).evaluate((text) => text.scrollIntoView({ block: 'end' }));
  await expect(button).not.toHaveAttribute('aria-disabled', 'true');
  await button.click();
};

/** Puts `to` in place of `from` in the draft and approves the result. */
export const editAndApprove = async (panel: Page, from: string, to: string): Promise<void> => {
  await verbButton(panel, /^Edit/).click();
  const box = panel.getByRole('textbox', { name: 'Edited reply' });
  await box.fill((await box.inputValue()).replace(from, to));
  await panel.getByRole('button', { name: /^Edit & approve/ }).click();
};

/** Rejects what is on screen as a wrong fact. */
export const reject = async (panel: Page): Promise<void> => {
  await verbButton(panel, /^Reject/).click();
  await panel
    .getByRole('group', { name: 'Reason' })
    .getByRole('button', { name: /Wrong fact/ })
    .click();
};

/** Hands what is on screen to somebody else. */
export const escalate = async (panel: Page): Promise<void> => {
  await verbButton(panel, /^Escalate/).click();
  await panel.getByRole('textbox', { name: 'Note' }).fill('Please look at this one.');
  await panel.getByRole('button', { name: /^Escalate/ }).click();
};
