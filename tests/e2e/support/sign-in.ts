import { expect } from '@playwright/test';
import type { Extension } from './extension.ts';

/** Fills in what the provider asks in the window that Chrome opened for it. */
export async function inWindow(extension: Extension, issuer: string, login: string): Promise<void> {
  const pages = () => extension.context.pages().filter((page) => page.url().startsWith(issuer));
  await expect.poll(() => pages().length).toBe(1);
  const [page] = pages();
  if (page === undefined) throw new Error('It is open');
  const form = page.locator('input[name="login"]');
  const goOn = page.getByRole('button', { name: 'Continue' });
  await form.or(goOn).first().waitFor();
  if (await form.isVisible()) {
    await form.fill(login);
    await page.locator('input[name="password"]').fill('x');
    await page.getByRole('button', { name: 'Sign-in' }).click();
  }
  await goOn.click();
}
