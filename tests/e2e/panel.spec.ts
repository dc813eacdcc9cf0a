import { expect, test, type Page } from '@playwright/test';
import { openStories, type StoryBrowser } from '../stories/browser.ts';

/** The panel on the real use cases and a real database; only the page at the far end is played. */
let stories: StoryBrowser;
test.beforeAll(async () => {
  stories = await openStories();
});
test.afterAll(async () => stories?.close());

async function withStory(name: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await stories.open(name);
  try {
    await work(page);
  } finally {
    await page.context().close();
  }
}

/** Names of the calls that the panel made since the story was seeded. */
const decisions = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (Reflect.get(globalThis, 'bench').calls as { name: string; request: { verb?: string } }[])
      .filter(({ name }) => name === 'item.decide' || name === 'item.release-human')
      .map(({ name, request }) => request.verb ?? name),
  );
const detail = (page: Page) => page.getByRole('region', { name: 'Review detail' });
const queue = (page: Page) => page.getByRole('grid', { name: 'Review queue' });

test('the queue is a grid with one named row per item, and arrows move in it', async () => {
  await withStory('queue-rows', async (page) => {
    const rows = queue(page).getByRole('row');
    await expect(rows).toHaveCount(6);
    await expect(queue(page)).toHaveAttribute('aria-rowcount', '6');
    await expect(
      page.getByRole('row', {
        name: /^High risk, Refund for order 1182, ticket 4821, .*, 3 of 6$/,
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

test('twenty letters typed while focus arrives by itself decide nothing', async () => {
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

test('a key held for three seconds decides one item', async () => {
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

test('a burst of Tab and Enter after focus arrived decides nothing', async () => {
  await withStory('detail-low', async (page) => {
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
    for (let i = 0; i < 30; i += 1) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    expect(await decisions(page)).toEqual([]);
  });
});

test('Backspace and Delete are no verbs, and letters in a field are text', async () => {
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

test('one press approves a routine item; the next one opens with its heading in focus', async () => {
  await withStory('queue-rows', async (page) => {
    await page.getByRole('row', { name: /Where is my parcel/ }).click();
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

test('a refused verb stays focusable and says rule, owner and what to do', async () => {
  await withStory('detail-high', async (page) => {
    const approve = page
      .getByRole('toolbar', { name: 'Decide' })
      .getByRole('button', { name: 'Approve' });
    await expect(approve).toHaveAccessibleDescription(
      /Settle statement 4 first.*Rule fact-contradicted, set by Countersign defaults/,
    );
    await approve.focus();
    await expect(approve).toBeFocused();
    await approve.click({ force: true });
    expect(await decisions(page)).toEqual([]);
  });
});

test('a high-risk item is approved once its flag is settled and its end was seen', async () => {
  await withStory('detail-high', async (page) => {
    await detail(page).getByRole('button', { name: 'Statement 4, Contradicted' }).click();
    await expect(
      detail(page).getByText(/€120.00 differs from the sources. Nearest: €102.00/),
    ).toBeVisible();
    await detail(page).getByRole('button', { name: "It's fine, because" }).click();
    await page.getByRole('menuitem', { name: 'I checked it elsewhere' }).click();
    const approve = page
      .getByRole('toolbar', { name: 'Decide' })
      .getByRole('button', { name: 'Approve' });
    await expect(approve).not.toHaveAttribute('aria-disabled', 'true');
    await approve.click();
    await expect.poll(() => decisions(page)).toEqual(['approve']);
  });
});

test('only Escalate works on a locked item, and its note goes along', async () => {
  await withStory('detail-locked', async (page) => {
    const toolbar = page.getByRole('toolbar', { name: 'Decide' });
    await expect(toolbar.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(
      /Only Escalate is possible/,
    );
    await toolbar.getByRole('button', { name: 'Escalate' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Legal, please.');
    await page.getByRole('button', { name: 'Escalate', exact: true }).click();
    await expect.poll(() => decisions(page)).toEqual(['escalate']);
  });
});

test('reject takes two keys: the verb and a reason', async () => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('heading', { level: 2 }).click();
    await page.waitForTimeout(400);
    await page.keyboard.press('r');
    await expect(page.getByRole('group', { name: 'Reason' }).getByRole('button')).toHaveCount(10);
    await page.keyboard.press('7');
    await expect.poll(() => decisions(page)).toEqual(['reject']);
    const reasons: unknown = await page.evaluate(
      () => Reflect.get(globalThis, 'bench').calls.at(-1).request.reasons,
    );
    expect(reasons).toEqual(['tone']);
  });
});

test('an edit outlives a reload at any letter, says what changed, and is approved as one', async () => {
  await withStory('detail-high', async (page) => {
    await detail(page).getByRole('button', { name: 'Edit', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Edited reply' });
    const text = (await field.inputValue()).replace('€120.00', '€102.00');
    await field.fill(`${text} `);
    await field.pressSequentially('Mia', { delay: 10 });
    await expect(page.getByText(/^Saved .* on this device$/)).toBeVisible();
    await page.reload();
    await expect(field).toHaveValue(`${text} Mia`);
    await field.fill(text);
    await expect(detail(page).getByText('1 change: +1 −1 words · 1 number')).toBeVisible();
    await page.getByRole('button', { name: 'Edit & approve' }).click();
    await expect.poll(() => decisions(page)).toEqual(['edit']);
    const kept = () => page.evaluate(() => Object.keys(localStorage));
    await expect.poll(kept).toEqual([]);
  });
});

test('an edit that leaves a flagged statement as it was is asked to settle it', async () => {
  await withStory('detail-high', async (page) => {
    await detail(page).getByRole('button', { name: 'Edit', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Edited reply' });
    await field.fill(`${await field.inputValue()}!`);
    const submit = page.getByRole('button', { name: 'Edit & approve' });
    await expect(submit).toHaveAccessibleDescription(/Settle statement 4/);
    await submit.click({ force: true });
    expect(await decisions(page)).toEqual([]);
  });
});

test('the draft is text: character for character, hidden ones by name', async () => {
  await withStory('detail-high', async (page) => {
    const shown = await page.locator('[data-draft]').textContent();
    expect(shown).toContain(
      'We refund €120.00 to your card, and you keep the case.\nYou can follow',
    );
  });
  await withStory('detail-hidden', async (page) => {
    await expect(page.getByRole('region', { name: 'Draft' })).toContainText(
      'text direction U+202E',
    );
    await expect(page.getByRole('region', { name: 'Draft' })).toContainText('zero width U+200B');
  });
});

test('a held reply of a person is let go with one press', async () => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('button', { name: 'This is my own text' }).click();
    await expect.poll(() => decisions(page)).toEqual(['item.release-human']);
  });
});

test('changed after approval: said as an alert, shown, and a new approval is asked for', async () => {
  await withStory('detail-changed', async (page) => {
    const alert = detail(page).getByRole('alert');
    await expect(alert).toContainText('Text changed after approval: 1 word');
    await page.getByRole('button', { name: 'See', exact: true }).click();
    await expect(page.locator('del')).toContainText('3');
    await expect(page.locator('ins')).toContainText('5');
  });
});

test('History filters, opens an entry with its gate line, verifies and exports', async () => {
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
      /differs from the sources.*fact-contradicted · policy v1 · Countersign defaults/s,
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
