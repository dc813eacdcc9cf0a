import { expect, test } from '@playwright/test';
import * as z from 'zod/mini';
import { startBrowser, type Browser } from '../fixtures/editors/cdp.ts';
import { Session } from '../fixtures/editors/session.ts';
import { bundle, startSite, type Site } from '../fixtures/editors/site.ts';

/** What `readComposer` takes for text, for whose text, and what `watchEditor` notices. */
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

/** Blocks as `role letter:text`, one a line. */
async function blocks(session: Session, html: string): Promise<string[]> {
  await session.load(html);
  return (await session.read()).blocks.map(({ role, text }) => `${role[0]}:${text}`);
}

for (const { name, html, read } of [
  {
    name: 'paragraphs, line breaks, empty ones',
    html: '<p>a<br>b</p><p><br></p><p>c<br></p>',
    read: ['b:a', 'b:b', 'b:', 'b:c'],
  },
  {
    name: 'divs and bare text as a browser types them',
    html: 'a<div>b</div><div><br></div><div>c</div>',
    read: ['b:a', 'b:b', 'b:', 'b:c'],
  },
  {
    name: 'indented source is no text',
    html: '\n  <p>\n  a\n  b </p>\n  <p>c</p>\n',
    read: ['b:a b', 'b:c'],
  },
  {
    name: 'kept line breaks are lines',
    html: '<div style="white-space:pre-wrap">a\n\n b</div>',
    read: ['b:a', 'b:', 'b: b'],
  },
  {
    name: 'lists and tables',
    html: '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><table><tr><td>d</td><td>e</td></tr></table>',
    read: ['b:a', 'b:b', 'b:c', 'b:d', 'b:e'],
  },
  {
    name: 'inline pieces are one line',
    html: '<p>a<b>b</b><i> c</i> <span>d</span></p>',
    read: ['b:ab c d'],
  },
  {
    name: 'caret fillers and placeholders',
    html: '<p>\u200ba</p><p>\ufeff</p><p><b>\u200b</b>b<br></p>',
    read: ['b:\u200ba', 'b:b'],
  },
  {
    name: 'hidden text leaves with the rest, so it is text',
    html: '<p>a<span style="display:none">hidden</span></p><p style="font-size:0">tiny</p>',
    read: ['b:ahidden', 'b:tiny'],
  },
  {
    name: 'controls, drawings and other editors\u2019 furniture leave with it here',
    html: '<p>a<span class="ql-tooltip">b</span><span data-cke-temp="1">c</span></p><button>d</button><svg><text>e</text></svg><p class="ProseMirror-widget">f</p><div contenteditable="false" style="display:none">g</div>',
    read: ['b:abc', 'b:d', 'b:e', 'b:f', 'b:g'],
  },
  {
    name: 'styles and scripts are no text',
    html: '<p>a</p><style>p{}</style><script>1</script>',
    read: ['b:a'],
  },
  {
    name: 'direction marks and zero-width joiners stay',
    html: '<p>a\u202eb\u200dc</p>',
    read: ['b:a\u202eb\u200dc'],
  },
  {
    name: 'mail quotes by element',
    html: '<p>a</p><div class="gmail_quote"><div class="gmail_attr">On it</div><blockquote>b</blockquote></div>',
    read: ['b:a', 'q:On it', 'q:b'],
  },
  {
    name: 'Outlook: everything below the mark',
    html: '<p>a</p><div id="appendonsend"></div><hr><div>b</div><p>c</p>',
    read: ['b:a', 'q:b', 'q:c'],
  },
  {
    name: 'signature by element and by delimiter',
    html: '<p>a</p><div class="gmail_signature">Ada</div><p>b</p><p>--&nbsp;</p><p>Bob</p>',
    read: ['b:a', 's:Ada', 'b:b', 's:--\u00a0', 's:Bob'],
  },
]) {
  test(name, async () => {
    const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
    expect(await blocks(session, html)).toEqual(read);
  });
}

for (const { name, attributes, html } of [
  {
    name: 'an editor with a model: its own furniture and controls are no text',
    attributes: { class: 'ProseMirror' },
    html: '<p>a<br class="ProseMirror-trailingBreak"></p><p class="ProseMirror-widget">b</p><button>c</button><svg><text>d</text></svg><div contenteditable="false" style="display:none">menu</div>',
  },
  {
    name: 'Slate: its placeholder is no text',
    attributes: { 'data-slate-editor': 'true' },
    html: '<p>a</p><span data-slate-placeholder>Write here</span>',
  },
]) {
  test(name, async () => {
    const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
    await session.load(html);
    await session.page.main(
      `for (const [name, value] of Object.entries(${JSON.stringify(attributes)})) document.querySelector(fixture.selector).setAttribute(name, value); 0`,
    );
    expect((await session.read()).text).toBe('a');
  });
}

test('the site says what is signature and quote; a wrong selector changes nothing', async () => {
  const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
  await session.load(
    '<p>a</p><p class="sig">Ada</p><p class="old">b</p><blockquote>c</blockquote>',
  );
  const roles = async (signature: string, quote: string) =>
    session.page.isolated(
      `editors.readComposer(find(), ${JSON.stringify({ signature, quote })}).blocks.map(({ role }) => role[0]).join('')`,
    );
  expect(await roles('.sig', '.old')).toBe('bsqq');
  expect(await roles('p[', ':nope(')).toBe('bbbq');
});

test('links: each once, address as it would be sent', async () => {
  const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
  await session.load(
    '<p>see <a href="/x?a=1&amp;b=2">the <b>guide</b><br>here</a> <a name="y">no</a> <a href="mailto:a@b.test"></a></p>',
  );
  expect((await session.read()).links).toEqual([
    { text: 'the guidehere', href: '/x?a=1&b=2' },
    { text: '', href: 'mailto:a@b.test' },
  ]);
});

test('CKEditor 4: the address it sends, not the one on the screen', async () => {
  const session = await Session.open(
    browser,
    site.origin,
    { name: 'ckeditor4', rich: true },
    false,
  );
  await session.load('<p><a href="https://sent.example.test/">x</a></p>');
  await session.page.main(
    `document.querySelector('iframe').contentDocument.querySelector('a').setAttribute('href', 'https://shown.example.test/')`,
  );
  expect((await session.read()).links).toEqual([{ text: 'x', href: 'https://sent.example.test/' }]);
  expect((await session.model()).links).toEqual(['https://sent.example.test/']);
});

test('elsewhere that attribute is a false name', async () => {
  const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
  await session.load('<p><a href="https://real.example.test/" data-cke-saved-href="x">x</a></p>');
  expect((await session.read()).links).toEqual([{ text: 'x', href: 'https://real.example.test/' }]);
});

test('native fields: every line, blank ones too; empty is no block', async () => {
  const session = await Session.open(
    browser,
    site.origin,
    { name: 'textarea', rich: false },
    false,
  );
  expect(await blocks(session, 'a\n\n b\n> old\n-- \nAda')).toEqual([
    'b:a',
    'b:',
    'b: b',
    'q:> old',
    's:-- ',
    's:Ada',
  ]);
  await session.load('');
  expect(await session.read()).toEqual({ blocks: [], links: [], text: '' });
});

test('a megabyte and a deep document read whole, in at most 5000 blocks', async () => {
  const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
  const line = 'Some words of a long reply with <b>bold</b> in it.';
  await session.load(`<p>${line}</p>`.repeat(20_000));
  const { blocks: many, text } = await session.read();
  expect(many).toHaveLength(5000);
  expect(text.split('\n')).toHaveLength(20_000);
  await session.load('');
  await session.page.main(
    `(() => { let at = document.querySelector(fixture.selector); for (let i = 0; i < 3000; i++) at = at.appendChild(document.createElement('i')); at.textContent = 'deep'; })()`,
  );
  expect((await session.read()).text).toBe('deep');
});

test('what is no editor opens as null', async () => {
  const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
  await session.page.main(
    `document.querySelector('#app').innerHTML = '<p id=p></p><input id=c type=checkbox><input id=e type=email><iframe id=f srcdoc="x"></iframe><div id=n contenteditable=false></div><div contenteditable><p id=inner>x</p></div>'`,
  );
  const kinds = await session.page.isolated(
    `new Promise((done) => setTimeout(done, 200)).then(() => ['#p', '#c', '#e', '#f', '#n', '#inner', '#elsewhere'].map((at) => editors.openEditor(document.querySelector(at))?.kind ?? '-').join())`,
  );
  expect(kinds).toBe('-,-,-,-,-,editable,native');
});

test.describe('watching', () => {
  /** Runs `change` in the page's world while watched; how often the watcher was told. */
  async function told(session: Session, change: string, waitMs = 150): Promise<number> {
    await session.page.isolated(
      `globalThis.told = 0; globalThis.stop = editors.watchEditor(find(), () => { told += 1 }); 0`,
    );
    await session.page.main(change);
    await session.page.main(`new Promise((done) => setTimeout(done, ${waitMs}))`);
    return z.number().parse(await session.page.isolated('stop(); told'));
  }

  test('a contenteditable: typing and changes by script, nothing after the end', async () => {
    const session = await Session.open(browser, site.origin, { name: 'plain', rich: true }, false);
    await session.load('<p>a <a href="https://one.example.test/">b</a></p>');
    expect(await told(session, '0')).toBe(0);
    const at = `document.querySelector('#app [contenteditable]')`;
    expect(await told(session, `${at}.querySelector('a').href = 'https://two.example.test/'`)).toBe(
      1,
    );
    expect(await told(session, `${at}.firstChild.firstChild.data = 'c'`)).toBe(1);
    expect(
      await told(session, `${at}.focus(); document.execCommand('insertText', false, 'x')`),
    ).toBeGreaterThan(0);
    await session.page.main(`${at}.firstChild.firstChild.data = 'd'`);
    await session.page.main('new Promise((done) => setTimeout(done, 50))');
    const last = z.number().parse(await session.page.isolated('told'));
    await session.page.main(`${at}.firstChild.firstChild.data = 'e'`);
    await session.page.main('new Promise((done) => setTimeout(done, 50))');
    expect(await session.page.isolated('told')).toBe(last);
  });

  test('a native field: a value set by script is noticed within a second', async () => {
    const session = await Session.open(
      browser,
      site.origin,
      { name: 'textarea', rich: false },
      false,
    );
    await session.load('a');
    expect(await told(session, '0', 1300)).toBe(0);
    expect(await told(session, `document.querySelector('#app textarea').value = 'b'`, 1300)).toBe(
      1,
    );
  });

  test('an iframe that loads anew is watched in its new document', async () => {
    const session = await Session.open(browser, site.origin, { name: 'frame', rich: true }, false);
    await session.load('<p>a</p>');
    const change = `new Promise((done) => { const frame = document.querySelector('#app iframe');
      frame.addEventListener('load', () => { frame.contentDocument.body.append('more'); setTimeout(done, 50); }, { once: true });
      frame.srcdoc = '<body contenteditable></body>'; })`;
    expect(await told(session, change)).toBe(2);
  });
});
