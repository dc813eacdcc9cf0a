import { expect } from '@playwright/test';
import { DESK, DRAFT, deskSite } from '../fixtures/pages/desk.ts';
import { test } from '../fixtures/pages/desk-test.ts';
import { pillText } from '../fixtures/pages/harness.ts';

test('an editor that is rendered anew stays the same composer, approved or held', async ({
  desk,
  browser_,
}) => {
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  const id = (await browser_.calls('composer.changed')).at(-1)?.['composerId'];
  await desk.evaluate(() => {
    const old = document.querySelector<HTMLTextAreaElement>('#plain');
    const next = document.createElement('textarea');
    next.id = 'plain';
    next.name = 'content';
    next.value = `${old?.value ?? ''} And more.`;
    old?.replaceWith(next);
  });
  await browser_.asked('And more.');
  expect((await browser_.calls('composer.changed')).at(-1)?.['composerId']).toBe(id);
});

test('context: thread, record and sources come with the draft, their authors named', async ({
  desk,
  browser_,
}) => {
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  const seen = (await browser_.calls('composer.changed')).at(-1);
  expect(seen).toMatchObject({ siteId: 'desk', threadKey: '7', subject: 'Lamp broken' });
  expect(seen?.['context']).toMatchObject([
    { kind: 'record', title: 'Plan', text: 'Business plan' },
    { kind: 'thread', author: 'customer', text: 'My order 1182 of 102 euros arrived broken.' },
  ]);
  expect(JSON.stringify(seen)).not.toContain('?id=');
});

test('a reply page without the thread reads it from the page that shows it', async ({
  openHtml,
  server,
  browser_,
}) => {
  await openHtml('/Display', DESK);
  const site = {
    ...deskSite(server.url),
    thread: {
      each: '.message',
      author: { customer: '.customer' },
      page: { insteadOf: '/Update', path: '/Display', query: 'id' },
    },
  };
  const bare = DESK.replace(/<div class="message.*<\/div>/, '');
  const page = await openHtml('/Update', bare, site);
  await page.fill('#plain', DRAFT);
  await expect
    .poll(async () => JSON.stringify((await browser_.calls('composer.changed')).at(-1)))
    .toContain('My order 1182 of 102 euros arrived broken.');
});

test('a page that floods mutations and takes the pill away is neither hung nor unguarded', async ({
  desk,
  browser_,
  server,
}) => {
  await desk.evaluate(() => {
    const busy = document.createElement('div');
    document.body.append(busy);
    setInterval(() => {
      for (let count = 0; count < 200; count += 1) busy.append(document.createElement('i'));
      if (busy.childNodes.length > 4000) busy.replaceChildren();
      document.querySelector('countersign-pill')?.remove();
    }, 10);
  });
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  await desk.waitForTimeout(500);
  await desk.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
  await desk.waitForTimeout(300);
  expect(server.posts).toEqual([]);
  await expect
    .poll(async () => (await browser_.calls('page.problem')).map((one) => one['code']))
    .toContain('pill-removed');
  // Still answering: a hung page would not.
  expect(await desk.evaluate(() => 1 + 1)).toBe(2);
});

test('a composer of more than 1 MB is not covered, held and said', async ({
  desk,
  browser_,
  server,
}) => {
  await desk.evaluate(() => {
    const box = document.querySelector<HTMLTextAreaElement>('#plain');
    if (box !== null) box.value = 'long words '.repeat(110_000);
    box?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect.poll(() => pillText(desk)).toContain('too long');
  await desk.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
  await expect.poll(() => pillText(desk)).toContain('Not sent');
  expect(server.posts).toEqual([]);
  void browser_;
});

test('an editor in an about:blank iframe: watched, held, keys and all', async ({
  openHtml,
  server,
  browser_,
}) => {
  const html = `<!doctype html><title>Framed</title><form id="f" method="post" action="/sent">
    <iframe id="ed"></iframe><textarea name="content" hidden></textarea><button id="go">Send</button></form>
    <script>
      const inner = document.getElementById('ed').contentDocument;
      inner.open(); inner.write('<body><p>Hello</p></body>'); inner.close();
      inner.designMode = 'on';
      const sync = () => { document.querySelector('[name=content]').value = inner.body.innerHTML; };
      document.getElementById('f').addEventListener('submit', sync);
      inner.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && event.ctrlKey) { sync(); document.getElementById('f').submit(); }
      });
    </script>`;
  const site = {
    ...deskSite(server.url),
    composers: [
      {
        id: 'framed',
        editor: { frame: '#ed' },
        send: ['#go'],
        keys: ['ctrl+enter'],
        field: 'content',
      },
    ],
  };
  const page = await openHtml('/framed', html, site);
  const body = page.frameLocator('#ed').locator('body');
  await expect.poll(async () => (await browser_.calls('page.hello')).length).toBeGreaterThan(0);
  await page.waitForTimeout(600);
  await body.evaluate((element, text) => {
    element.innerHTML = `<p>${text}</p><p>&amp; more</p>`;
  }, DRAFT);
  await browser_.asked(`${DRAFT}\n& more`);
  await expect.poll(() => pillText(page)).toContain('to review');
  await body.press('Control+Enter');
  await page.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
  await page.waitForTimeout(300);
  expect(server.posts).toEqual([]);
  await browser_.approve();
  await expect.poll(() => pillText(page)).toContain('Approved');
  await body.press('Control+Enter');
  await expect.poll(() => server.posts.length).toBe(1);
  await expect
    .poll(async () => (await browser_.calls('delivery.read')).at(-1)?.['text'])
    .toBe(`${DRAFT}\n& more`);
  await expect.poll(() => browser_.calls('page.hello')).toHaveLength(2);
});

test('Enter that confirms an input-method candidate is kept from the app, not from the input method', async ({
  openHtml,
  server,
  browser_,
}) => {
  const html = `<textarea id="box"></textarea><script>
    window.heard = 0;
    document.getElementById('box').addEventListener('keydown', (event) => {
      if (event.key === 'Enter') { window.heard += 1; fetch('/sent', { method: 'POST', body: 'x' }); }
    });</script>`;
  const site = {
    ...deskSite(server.url),
    composers: [{ id: 'box', editor: '#box', keys: ['enter'] }],
  };
  const page = await openHtml('/ime', html, site);
  await page.fill('#box', DRAFT);
  await browser_.asked(DRAFT);
  await expect.poll(() => pillText(page)).toContain('to review');
  const prevented = await page.evaluate(() => {
    const event = new KeyboardEvent('keydown', {
      key: 'Enter',
      keyCode: 229,
      isComposing: true,
      bubbles: true,
      cancelable: true,
    });
    document.getElementById('box')?.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(prevented).toBe(false);
  expect(await page.evaluate('window.heard')).toBe(0);
  expect(server.posts).toEqual([]);
});

test('wrong selectors are named, the rest works', async ({ openHtml, server, browser_ }) => {
  const site = { ...deskSite(server.url), delivered: { each: 'p:::nothing' } };
  const page = await openHtml('/wrong', DESK, site);
  await page.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  expect(await browser_.calls('page.problem')).toContainEqual({
    code: 'bad-selector',
    detail: 'p:::nothing',
  });
});

test('a page by path alone is watched as what it turns out to be', async ({
  openHtml,
  server,
  browser_,
}) => {
  const site = {
    ...deskSite(server.url),
    origins: [],
    knownBy: { paths: ['/guess'], elements: ['.not-here'] },
  };
  const page = await openHtml('/guess', DESK, site);
  await page.fill('#plain', DRAFT);
  await expect
    .poll(async () => (await browser_.calls('composer.changed')).at(-1)?.['siteId'], {
      timeout: 10_000,
    })
    .toBe('any-page');
  await expect.poll(() => pillText(page)).toContain('to review');
  await page.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
  await page.waitForTimeout(200);
  expect(server.posts).toEqual([]);
});
