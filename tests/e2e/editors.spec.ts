import { expect, test } from '@playwright/test';
import { canonicalText } from '../../lib/domain/canonical.ts';
import { startBrowser, type Browser } from '../fixtures/editors/cdp.ts';
import { CASES, htmlOf, LINKS, linesOf, textOf, type Case } from '../fixtures/editors/documents.ts';
import { EDITORS, Session } from '../fixtures/editors/session.ts';
import { bundle, startSite, type Site } from '../fixtures/editors/site.ts';
import { startXvfb, type Screen } from './support-xvfb.ts';

/**
 * Editor × focus × text: only the draft's blocks are replaced, by the real code in an isolated
 * world, in the real editors. Unfocused is what a click in the side panel leaves behind; a headless
 * page always has the focus, so that half runs headed under Xvfb with another window in front.
 */

const readable = (lines: readonly string[]): string[] =>
  lines.map((line) => canonicalText(line.replace(/^> /u, ''))).filter((line) => line !== '');

const letters = (text: string): string => text.replace(/[\s>]+/gu, '');

async function check(session: Session, given: Case, focused: boolean): Promise<void> {
  await session.load(
    session.rich ? htmlOf(given.place, given.draft) : textOf(given.place, given.draft),
  );
  if (focused) await session.comeBack();
  else expect(await session.loseFocus(), 'the page has lost the focus').toBe(true);
  const read = async () => readable((await session.read()).blocks.map(({ text }) => text));
  // An app renders when it is ready, on a busy machine and behind another window later.
  await expect.poll(read).toEqual(readable(linesOf(given.place, given.draft)));
  const before = await session.read();
  const modelBefore = await session.model();
  const roles = before.blocks.filter(({ text }) => text.trim() !== '').map(({ role }) => role);
  expect(roles.slice(-5)).toEqual(['signature', 'signature', 'signature', 'quote', 'quote']);
  expect(new Set(roles.slice(0, -5))).toEqual(new Set(['body']));

  const result = await session.replace(
    before.blocks.findIndex(({ text }) => text === given.draft[0]),
    before.blocks.findIndex(({ text }) => text === given.draft.at(-1)),
    given.next,
  );
  const wanted = readable(linesOf(given.place, given.next.split('\n')));
  expect(result).toMatchObject({ state: 'applied', reason: '', dropped: [] });
  expect(readable(result.after.blocks.map(({ text }) => text))).toEqual(wanted);
  expect(await session.hasFocus()).toBe(focused);
  const model = await session.model();
  expect(letters(model.text)).toBe(letters(wanted.join('')));
  if (session.rich) {
    expect(result.after.links).toEqual(LINKS);
    expect(model.links).toEqual(LINKS.map(({ href }) => href));
  } else {
    // Plain text is exact: blank lines outside and inside the draft stand as they were.
    const [start, end] = [given.draft[0] ?? '', given.draft.at(-1) ?? ''];
    const from = modelBefore.text.indexOf(start);
    const to = modelBefore.text.indexOf(end) + end.length;
    expect(model.text.startsWith(modelBefore.text.slice(0, from))).toBe(true);
    expect(model.text.endsWith(modelBefore.text.slice(to))).toBe(true);
  }

  await session.comeBack();
  if (given === CASES[0]) {
    await session.type('kw');
    expect(letters((await session.model()).text), 'typing still works').toContain('kw');
    // Some editors undo typing letter by letter.
    for (let undone = 0; undone < 2 && (await read()).join() !== wanted.join(); undone += 1) {
      await session.pressUndo();
    }
    expect(await read()).toEqual(wanted);
  }
  await session.pressUndo();
  expect(await read(), 'one undo brings the old text back').toEqual(
    readable(before.blocks.map(({ text }) => text)),
  );
  expect((await session.model()).links).toEqual(modelBefore.links);
}

let site: Site;
let script = '';

test.beforeAll(async () => {
  site = await startSite();
  script = await bundle('lib/page/editors/index.ts', 'editors');
});

test.afterAll(async () => {
  await site.close();
});

test.describe('page focused', () => {
  let browser: Browser;
  test.beforeAll(async () => {
    browser = await startBrowser(null, script);
  });
  test.afterAll(async () => {
    await browser.close();
  });
  for (const editor of EDITORS) {
    test(editor.name, async () => {
      const session = await Session.open(browser, site.origin, editor, false);
      for (const given of CASES) {
        await test.step(given.name, () => check(session, given, true));
      }
    });
  }
});

test.describe('page not focused', () => {
  let screen: Screen | null = null;
  let browser: Browser | null = null;
  test.beforeAll(async () => {
    screen = await startXvfb();
    if (screen !== null) browser = await startBrowser(screen.display, script);
    else console.log('skipped: editors in an unfocused page (Xvfb is not installed)');
  });
  test.afterAll(async () => {
    await browser?.close();
    await screen?.stop();
  });
  for (const editor of EDITORS) {
    test(editor.name, async () => {
      test.skip(screen === null, 'Xvfb is not installed: only it can show an unfocused page');
      if (browser === null) throw new Error('no browser');
      const session = await Session.open(browser, site.origin, editor, true);
      for (const given of CASES) {
        await test.step(given.name, () => check(session, given, false));
      }
    });
  }

  test('a tab behind another one', async () => {
    test.skip(screen === null, 'Xvfb is not installed: only it can show a hidden page');
    if (browser === null) throw new Error('no browser');
    const given = CASES[1];
    if (given === undefined) throw new Error('no case');
    for (const editor of EDITORS) {
      const session = await Session.open(browser, site.origin, editor, false);
      await session.load(
        editor.rich ? htmlOf(given.place, given.draft) : textOf(given.place, given.draft),
      );
      const before = await session.read();
      expect(await session.hide(), 'the page is hidden').toBe(true);
      const result = await session.replace(
        before.blocks.findIndex(({ text }) => text === given.draft[0]),
        before.blocks.findIndex(({ text }) => text === given.draft.at(-1)),
        given.next,
      );
      expect(result, editor.name).toMatchObject({ state: 'applied', reason: '' });
      const wanted = readable(linesOf(given.place, given.next.split('\n')));
      expect(letters((await session.model()).text)).toBe(letters(wanted.join('')));
    }
  });
});
