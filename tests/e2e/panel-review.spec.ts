import { expect } from '@playwright/test';
import { decisions, detail, test } from './support/stories.ts';

test('a refused verb stays focusable and says rule, owner and what to do', async ({
  withStory,
}) => {
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

test('a high-risk item is approved once its flag is settled and its end was seen', async ({
  withStory,
}) => {
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

test('only Escalate works on a locked item, and its note goes along', async ({ withStory }) => {
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

test('an edit outlives a reload at any letter, says what changed, and is approved as one', async ({
  withStory,
}) => {
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

test('an edit that leaves a flagged statement as it was is asked to settle it', async ({
  withStory,
}) => {
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

test('the draft is text: character for character, hidden ones by name', async ({ withStory }) => {
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

test('a held reply of a person is let go with one press', async ({ withStory }) => {
  await withStory('detail-low', async (page) => {
    await detail(page).getByRole('button', { name: 'This is my own text' }).click();
    await expect.poll(() => decisions(page)).toEqual(['item.release-human']);
  });
});

test('changed after approval: said as an alert, shown, and a new approval is asked for', async ({
  withStory,
}) => {
  await withStory('detail-changed', async (page) => {
    const alert = detail(page).getByRole('alert');
    await expect(alert).toContainText('Text changed after approval: 1 word');
    await page.getByRole('button', { name: 'See', exact: true }).click();
    await expect(page.locator('del')).toContainText('3');
    await expect(page.locator('ins')).toContainText('5');
  });
});
