import { expect, type Page } from '@playwright/test';
import { callsOf, decisions, detail, test, timesOf } from './support/stories.ts';

/** Defers an item of the queue, so that there is a decision to take back. */
async function deferNewsletters(page: Page): Promise<void> {
  await page.getByRole('row', { name: /newsletters/ }).click();
  await detail(page).getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Defer' }).click();
  await page.getByRole('button', { name: 'Defer for 1 hour' }).click();
}

test('twenty letters typed while focus arrives by itself decide nothing', async ({ withStory }) => {
  await withStory('detail-low', async (page) => {
    await page.waitForTimeout(400);
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    for (let i = 0; i < 20; i += 1) await page.keyboard.press('a', { delay: 20 });
    expect(await decisions(page)).toEqual([]);
    await expect(detail(page).getByText('Press A again to approve.')).toBeVisible();
    await page.waitForTimeout(900);
    await page.keyboard.press('a');
    await expect.poll(() => decisions(page)).toEqual(['approve']);
  });
});

test('a key held for three seconds decides one item', async ({ withStory }) => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('heading', { level: 2 }).click();
    await page.waitForTimeout(400);
    // Every press after the first is a repeat until the key comes up.
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.down('a');
      await page.waitForTimeout(50);
    }
    await page.keyboard.up('a');
    expect(await decisions(page)).toEqual(['approve']);
  });
});

test('a burst of Tab and Enter after focus arrived decides nothing', async ({ withStory }) => {
  await withStory('detail-low', async (page) => {
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    expect(await decisions(page)).toEqual([]);
  });
});

test('Backspace and Delete are no verbs, and letters in a field are text', async ({
  withStory,
}) => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('heading', { level: 2 }).click();
    await page.waitForTimeout(400);
    for (const key of ['Backspace', 'Delete']) await page.keyboard.press(key);
    await page.keyboard.press('x');
    await page.getByRole('textbox', { name: 'Note' }).pressSequentially('area');
    await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue(/area$/);
    expect(await decisions(page)).toEqual([]);
  });
});

test('one press approves a routine item; the next one opens with its heading in focus', async ({
  withStory,
}) => {
  await withStory('queue-rows', async (page) => {
    await page.getByRole('row', { name: /Where is my parcel/ }).click();
    await expect(detail(page).getByRole('heading', { level: 2 })).toBeFocused();
    await page.waitForTimeout(400);
    await page.keyboard.press('a');
    await expect(detail(page).getByRole('heading', { level: 2 })).toHaveText(/newsletters/);
    await expect(detail(page).getByRole('heading', { level: 2 })).toBeFocused();
    await expect(page.getByRole('region', { name: 'Last decision' })).toHaveText(/not sent yet/);
    await page.keyboard.press('z');
    await expect(page.getByRole('region', { name: 'Last decision' })).toHaveText(
      /back in the queue. Nothing was sent/,
    );
    await page.keyboard.press('Escape');
    await expect(page.getByRole('row', { name: /Where is my parcel/ })).toBeVisible();
  });
});

test('reject takes two keys: the verb and a reason', async ({ withStory }) => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('heading', { level: 2 }).click();
    await page.waitForTimeout(400);
    await page.keyboard.press('r');
    await expect(page.getByRole('group', { name: 'Reason' }).getByRole('button')).toHaveCount(10);
    await page.keyboard.press('7');
    await expect.poll(() => decisions(page)).toEqual(['reject']);
    expect((await callsOf(page)).at(-1)?.request.reasons).toEqual(['tone']);
  });
});

test('letters typed while focus arrives take no decision back; Z does once it is meant', async ({
  withStory,
}) => {
  await withStory('queue-rows', async (page) => {
    await deferNewsletters(page);
    const bar = page.getByRole('region', { name: 'Last decision' });
    await expect(bar).toContainText('deferred');
    // Back in the queue: beside an item F would open its editor, where letters are text.
    await page.keyboard.press('Escape');
    await expect(detail(page)).toBeHidden();
    // Long enough after the click that the focus below is not the click's.
    await page.waitForTimeout(1_100);
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    for (const letter of 'zyxwvutsrqponmlkjihgfedcbaz')
      await page.keyboard.press(letter, { delay: 10 });
    await expect(bar).toContainText('Press Z again to undo.');
    expect(await decisions(page)).toEqual(['defer']);
    expect(await timesOf(page, 'item.undo')).toBe(0);
    await page.waitForTimeout(900);
    // Held down: one press.
    for (let i = 0; i < 20; i += 1) await page.keyboard.down('z');
    await page.keyboard.up('z');
    await expect(bar).toContainText('is back in the queue');
    expect(await timesOf(page, 'item.undo')).toBe(1);
  });
});

test('the undo bar names the subject', async ({ withStory }) => {
  await withStory('queue-rows', async (page) => {
    await deferNewsletters(page);
    await expect(page.getByRole('region', { name: 'Last decision' })).toHaveText(
      /“How do I stop the newsletters that keep arriving…” deferred/,
    );
  });
});
