import { expect, test } from '@playwright/test';
import { startBrowser, type Browser } from '../fixtures/editors/cdp.ts';
import { Session } from '../fixtures/editors/session.ts';
import { bundle, startSite, type Site } from '../fixtures/editors/site.ts';

/** Editors that get in the way: the result is `failed`, says why, and the old text stands there. */
const HTML =
  '<p>Hi</p><p class="draft">one of two</p><p>own <a href="https://example.test/">words</a></p>';

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

const open = (name: string, rich = true) =>
  Session.open(browser, site.origin, { name, rich }, false);

for (const { habit, reason } of [
  { habit: 'reverts', reason: 'model-differs' },
  { habit: 'meddles', reason: 'outside-changed-not-undone' },
  { habit: 'stale', reason: 'model-differs' },
  { habit: 'unreadable', reason: 'model-unreadable' },
  { habit: 'deaf', reason: 'model-differs' },
  { habit: 'shy', reason: 'not-editable' },
]) {
  test(`an editor that ${habit}: ${reason}`, async () => {
    const session = await open('stubborn');
    await session.page.main(`fixture.habit = ${JSON.stringify(habit)}`);
    await session.load(HTML);
    const result = await session.replace(1, 1, 'something new');
    expect(result).toMatchObject({ state: 'failed', reason, dropped: [] });
    expect(result.after.text).toBe('Hi\none of two\nown words');
    expect((await session.read()).text).toBe('Hi\none of two\nown words');
  });
}

test('without a habit the same editor is written to', async () => {
  const session = await open('stubborn');
  await session.load(HTML);
  expect(await session.replace(1, 1, 'something new')).toMatchObject({ state: 'applied' });
});

test('nothing is written while an input method composes', async () => {
  const session = await open('plain');
  await session.load(HTML);
  await session.comeBack();
  await session.read();
  await session.page.main(`getSelection().collapse(document.querySelector('#app p'), 0)`);
  await session.page.send('Input.imeSetComposition', {
    text: 'にほ',
    selectionStart: 2,
    selectionEnd: 2,
  });
  expect(await session.replace(1, 1, 'new')).toMatchObject({
    state: 'failed',
    reason: 'composing',
  });
  await session.page.send('Input.insertText', { text: '日本' });
  const after = await session.read();
  const draft = after.blocks.findIndex(({ text }) => text.includes('one of two'));
  expect(await session.replace(draft, draft, 'new')).toMatchObject({ state: 'applied' });
  expect((await session.read()).text).toContain('日本');
});

test('read-only, disabled, gone, empty, out of range, two at a time', async () => {
  const session = await open('textarea', false);
  const field = `document.querySelector('#app textarea')`;
  await session.load('one\ntwo');
  const failed = async (reason: string, first = 0, text = 'new') => {
    expect(await session.replace(first, first, text)).toMatchObject({ state: 'failed', reason });
  };
  await session.page.main(`${field}.readOnly = true`);
  await failed('readonly');
  await session.page.main(`${field}.readOnly = false; ${field}.disabled = true`);
  await failed('readonly');
  await session.page.main(`${field}.disabled = false`);
  await failed('gone', 2);
  await failed('gone', -1);
  await failed('empty', 0, ' \n ');
  const both = await session.page.isolated(
    `Promise.all(['a', 'b'].map((text) => editors.replaceRange(find(), { firstBlock: 0, lastBlock: 0 }, text, none))).then((all) => all.map(({ reason }) => reason).join())`,
  );
  expect(both).toBe(',busy');
  expect((await session.model()).text).toBe('a\ntwo');
  const gone = await session.page.isolated(
    `(() => { const handle = find(); handle.element.remove();
       return editors.replaceRange(handle, { firstBlock: 0, lastBlock: 0 }, 'x', none).then(({ reason }) => reason + editors.isLive(handle)) })()`,
  );
  expect(gone).toBe('gonefalse');
});

test('an iframe that has loaded anew is written to in its new document', async () => {
  const session = await open('frame');
  await session.load('<p>one</p>');
  const result = await session.page.isolated(
    `(async () => { const handle = find(); const frame = handle.element;
       await new Promise((done) => { frame.addEventListener('load', done, { once: true }); frame.srcdoc = '<body contenteditable><p>one</p>'; });
       const stale = editors.isLive(handle);
       const { state, after } = await editors.replaceRange(handle, { firstBlock: 0, lastBlock: 0 }, 'new', none);
       return [stale, state, after.text].join() })()`,
  );
  expect(result).toBe('false,applied,new');
});

test('the person stays where they were', async () => {
  const session = await open('tiptap');
  await session.load('<p>Hi</p><p>one</p><p>own words</p>');
  await session.page.main(`document.querySelector('#elsewhere').focus()`);
  expect(await session.replace(1, 1, 'new')).toMatchObject({ state: 'applied' });
  expect(await session.page.main('document.activeElement.id')).toBe('elsewhere');
  await session.page.main(
    `(() => { const own = document.querySelectorAll('.tiptap p')[2].firstChild; document.querySelector('.tiptap').focus(); getSelection().collapse(own, 4); })()`,
  );
  await session.page.main('new Promise((done) => setTimeout(done, 80))');
  expect(await session.replace(1, 1, 'newer')).toMatchObject({ state: 'applied' });
  await session.type('x');
  expect((await session.read()).text).toContain('own xwords');
});
