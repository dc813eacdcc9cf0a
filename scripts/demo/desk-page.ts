import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { pillText } from '../../tests/fixtures/pages/harness.ts';

/** A ticket in the helpdesk, used as a person does. */
export interface DeskPage {
  page: Page;
  reply: Locator;
  open(id: string): Promise<void>;
  /** Has a draft written and waits for its end. */
  draft(): Promise<void>;
  /** Presses the helpdesk's own Send. */
  send(): Promise<void>;
  /** Waits until the pill says so. */
  pillSays(words: string): Promise<void>;
  /** Clicks the pill, a real click. */
  pressPill(): Promise<void>;
}

export function deskPage(page: Page, origin: string): DeskPage {
  const reply = page.getByRole('textbox', { name: 'Reply' });
  return {
    page,
    reply,
    async open(id) {
      await page.goto(`${origin}/tickets/${id}`);
    },
    async draft() {
      await page.getByRole('button', { name: 'Draft reply' }).click();
      await expect(page.locator('[data-status]')).toContainText('Drafted by', { timeout: 15_000 });
    },
    async send() {
      await page.getByRole('button', { name: 'Send' }).click();
    },
    async pillSays(words) {
      await expect.poll(() => pillText(page), { timeout: 15_000 }).toContain(words);
    },
    async pressPill() {
      await page.locator('countersign-pill').click();
    },
  };
}
