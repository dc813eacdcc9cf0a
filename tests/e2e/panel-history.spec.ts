import { expect } from '@playwright/test';
import { test } from './support/stories.ts';

test('History filters, opens an entry with its gate line, verifies and exports', async ({
  withStory,
}) => {
  await withStory('history', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    const grid = page.getByRole('grid', { name: 'History' });
    await expect(grid.getByRole('row')).toHaveCount(5);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('rejected');
    await expect(grid.getByRole('row')).toHaveCount(1);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('');
    await page.getByRole('row', { name: /Edited & approved/ }).click();
    const entry = page.getByRole('region', { name: 'Entry' });
    await expect(entry.getByRole('region', { name: 'Why was this allowed?' })).toContainText(
      /differs from the sources.*fact-contradicted · policy v2 · Countersign defaults/s,
    );
    await expect(entry.locator('ins')).toContainText('102.00');
    await page.keyboard.press('Escape');
    await expect(grid.getByRole('row', { name: /Edited & approved/ })).toBeFocused();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    expect((await download).suggestedFilename()).toMatch(/^countersign-.*\.jsonl$/);
    await expect(page.getByText(/^Exported \d+ entries/)).toBeVisible();
  });
});

test('a row of History says whether it is held here, synced or witnessed', async ({
  withStory,
}) => {
  await withStory('history-witnessed', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    const row = (name: RegExp) => page.getByRole('row', { name });
    await expect(row(/Rejected, .*, saved here, not synced, not witnessed$/)).toContainText('here');
    await expect(row(/Deferred, .*, saved here, synced, not witnessed$/)).toContainText('synced');
    await expect(row(/Approved, .*, saved here, synced, witnessed$/)).toContainText('witnessed');
  });
});

test('Verify reads everything, then what is new since; a break in what is new is found', async ({
  withStory,
}) => {
  await withStory('history', async (page) => {
    await page.getByRole('tab', { name: 'History' }).click();
    const region = page.getByRole('region', { name: 'Trail check' });
    const since = page.getByRole('button', { name: 'Since last check' });
    await expect(since).toBeHidden();
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(region).toHaveText(/^Verified (\d+) of \1 entries on this device, 0 witnessed/);
    await since.click();
    await expect(region).toHaveText(/^Verified: no new entries since .*Verify reads everything/s);
    const made = page.waitForEvent('download');
    await expect(page.getByRole('button', { name: 'Export' })).toHaveAccessibleDescription(
      /^Export holds no texts/,
    );
    await page.getByRole('button', { name: 'Export' }).click();
    await made;
    await page.evaluate(() => Reflect.get(globalThis, 'append')());
    await since.click();
    await expect(region).toHaveText(/^Verified 1 of 1 new entry since .*, 0 witnessed/);
    const seq: unknown = await page.evaluate(() => Reflect.get(globalThis, 'append')());
    await page.evaluate((at) => Reflect.get(globalThis, 'tamper')(at), seq);
    await since.click();
    await expect(region).toHaveText(/^Broken at 1 entry/);
  });
});
