import { expect, test } from '@playwright/test';
import { startBrowser, type Browser } from '../fixtures/editors/cdp.ts';
import { SHAPES } from '../fixtures/editors/shapes.ts';
import { EDITORS, Session } from '../fixtures/editors/session.ts';
import { bundle, startSite, type Site } from '../fixtures/editors/site.ts';

/** Drafts with formatting, lists and links in them, and awkward neighbours: the model afterwards. */

/** The model's HTML without what only the editor's own taste decides. */
const plainHtml = (html: string): string =>
  html
    .replaceAll(/\s*\n\s*/gu, '')
    .replaceAll(/ (?:target|rel)="[^"]*"/gu, '')
    .replaceAll('strong>', 'b>')
    .replaceAll('<br />', '<br>')
    // TipTap's own trailing paragraph and its paragraph in each list item.
    .replace(/<p><\/p>$/u, '')
    .replaceAll(/<li><p>([^<]*)<\/p><\/li>/gu, '<li>$1</li>');

let site: Site;
let browser: Browser;

test.beforeAll(async () => {
  site = await startSite();
  browser = await startBrowser(null, await bundle('lib/page/editors/index.ts', 'editors'));
});

test.afterAll(async () => {
  await browser.close();
  await site.close();
});

// The iframe in design mode types as the plain contenteditable does.
for (const editor of EDITORS.filter(({ name, rich }) => rich && name !== 'frame')) {
  test(editor.name, async () => {
    const session = await Session.open(browser, site.origin, editor, false);
    for (const shape of SHAPES) {
      await test.step(shape.name, async () => {
        await session.load(shape.html);
        await session.comeBack();
        const before = await session.read();
        const modelBefore = await session.model();
        const result = await session.replace(
          before.blocks.findIndex(({ text }) => text.startsWith(shape.first)),
          before.blocks.findIndex(({ text }) => text.startsWith(shape.last)),
          shape.next,
        );
        expect(result).toMatchObject({ state: 'applied', reason: '' });
        const html = plainHtml((await session.model()).html);
        expect(shape.models.map((model) => model.replaceAll(/\s*\n\s*/gu, ''))).toContain(html);
        await session.comeBack();
        await session.pressUndo();
        expect(plainHtml((await session.model()).html)).toBe(plainHtml(modelBefore.html));
      });
    }
  });
}
