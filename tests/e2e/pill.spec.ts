import { expect, type Page } from '@playwright/test';
import { DRAFT } from '../fixtures/pages/desk.ts';
import { test } from '../fixtures/pages/desk-test.ts';
import { pillText } from '../fixtures/pages/harness.ts';

async function boxes(page: Page) {
  const pill = await page.locator('countersign-pill').boundingBox();
  const editor = await page.locator('#plain').boundingBox();
  if (pill === null || editor === null) throw new Error('no pill or no editor');
  return { pill, editor };
}

test('stands by the composer, covers nothing, takes no focus, opens the panel for its item', async ({
  desk,
  browser_,
}) => {
  await desk.locator('#plain').click();
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  await expect.poll(() => pillText(desk)).toContain('to review');
  expect(await desk.evaluate(() => document.activeElement?.id)).toBe('plain');
  expect(await desk.locator('countersign-pill').count()).toBe(1);
  expect(await desk.evaluate(() => document.querySelector('countersign-pill')?.shadowRoot)).toBe(
    null,
  );
  const { pill, editor } = await boxes(desk);
  expect(pill.height).toBeGreaterThanOrEqual(24);
  expect(pill.width).toBeGreaterThanOrEqual(24);
  const overlaps =
    pill.x < editor.x + editor.width &&
    pill.x + pill.width > editor.x &&
    pill.y < editor.y + editor.height &&
    pill.y + pill.height > editor.y;
  expect(overlaps).toBe(false);
  // A page cannot press it.
  await desk.evaluate(() => document.querySelector<HTMLElement>('countersign-pill')?.click());
  expect(await browser_.calls('panel.open')).toEqual([]);
  await desk.mouse.click(pill.x + pill.width / 2, pill.y + pill.height / 2);
  await expect.poll(() => browser_.calls('panel.open')).toEqual([{ itemId: 'item-1' }]);
});

test('stays in a modal dialog with its editor and goes with it', async ({ desk, browser_ }) => {
  await desk.evaluate(() => {
    const dialog = document.createElement('dialog');
    const editor = document.querySelector('#plain');
    if (editor !== null) dialog.append(editor);
    document.body.append(dialog);
    dialog.showModal();
  });
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  await expect.poll(() => pillText(desk)).toContain('to review');
  const { pill } = await boxes(desk);
  await desk.mouse.click(pill.x + pill.width / 2, pill.y + pill.height / 2);
  await expect.poll(() => browser_.calls('panel.open')).toEqual([{ itemId: 'item-1' }]);
  await desk.evaluate(() => document.querySelector('dialog')?.remove());
  await expect.poll(() => pillText(desk)).toBe('');
});

test('is not there for a person’s own text', async ({ desk, browser_ }) => {
  await desk.fill('#plain', 'My own words.');
  await browser_.asked('My own words.');
  await desk.waitForTimeout(500);
  expect(await desk.locator('countersign-pill').count()).toBe(0);
});

for (const scheme of ['light', 'dark'] as const)
  test(`looks right, ${scheme}`, async ({ desk, browser_ }, info) => {
    await desk.emulateMedia({ colorScheme: scheme });
    await desk.fill('#plain', DRAFT);
    await browser_.asked(DRAFT);
    await expect.poll(() => pillText(desk)).toContain('to review');
    const shots = [await desk.screenshot({ path: info.outputPath(`review-${scheme}.png`) })];
    await desk.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
    await expect.poll(() => pillText(desk)).toContain('Not sent');
    shots.push(await desk.screenshot({ path: info.outputPath(`held-${scheme}.png`) }));
    expect(shots[0]?.equals(shots[1] ?? Buffer.alloc(0))).toBe(false);
  });
