import { expect } from '@playwright/test';
import { callsOf, detail, queue, test } from './support/stories.ts';

test('the queue is a grid with one named row per item, and arrows move in it', async ({
  withStory,
}) => {
  await withStory('queue-rows', async (page) => {
    const rows = queue(page).getByRole('row');
    await expect(rows).toHaveCount(6);
    await expect(queue(page)).toHaveAttribute('aria-rowcount', '6');
    await expect(
      page.getByRole('row', {
        name: /^High risk, Refund for order 1182, ticket 4821, Acme Desk, .*, 3 of 6$/,
      }),
    ).toBeVisible();
    await rows.first().focus();
    await page.keyboard.press('j');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(rows.nth(5)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(detail(page).getByRole('heading', { level: 2 })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(rows.nth(5)).toBeFocused();
  });
});

test('sites are called by their names, with the host beside', async ({ withStory }) => {
  await withStory('queue-rows', async (page) => {
    const row = page.getByRole('row', { name: /Where is my parcel/ });
    await expect(row).toContainText('Acme Desk');
    await expect(row).not.toContainText('desk.example');
    await expect(row.getByTitle('desk.example')).toBeVisible();
    await expect(page.getByRole('region', { name: 'This tab' })).toContainText('Acme Desk');
    await row.click();
    await expect(detail(page).getByText('#4833 · Acme Desk · desk.example')).toBeVisible();
  });
  await withStory('history', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('combobox', { name: 'Site' }).selectOption({ label: 'Acme Desk' });
    const row = page.getByRole('grid', { name: 'History' }).getByRole('row').first();
    await expect(row).toContainText(/Mia · .* · Acme Desk/);
    await row.click();
    await expect(page.getByRole('region', { name: 'Entry' })).toContainText('· Acme Desk');
  });
});

test('a draft of a page that the tab has left is none of this tab, and its seal says so', async ({
  withStory,
}) => {
  await withStory('queue-left', async (page) => {
    await expect(queue(page).getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('region', { name: 'This tab' })).toBeHidden();
  });
  await withStory('detail-left', async (page) => {
    await expect(detail(page).getByText(/^Its page was closed or left/)).toBeVisible();
  });
  await withStory('detail-low', async (page) => {
    await expect(detail(page).getByText('Composer shows exactly this text')).toBeVisible();
  });
});

test('pages open since before they were watched are named, that of this tab first', async ({
  withStory,
}) => {
  await withStory('queue-reload', async (page) => {
    const needed = page.getByRole('region', { name: 'Reload needed' });
    await expect(needed.getByRole('paragraph')).toHaveText([
      'Reload needed: this tab',
      'Reload needed: mail.example',
      /Unsent text in it may be lost/,
    ]);
    await needed.getByRole('button', { name: 'Reload mail.example' }).click();
    expect((await callsOf(page)).at(-1)).toEqual({ name: 'reload-tab', request: { tabId: 9 } });
  });
});
