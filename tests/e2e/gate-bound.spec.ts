import { expect, type Page } from '@playwright/test';
import { DESK, DRAFT, deskSite } from '../fixtures/pages/desk.ts';
import { test } from '../fixtures/pages/desk-test.ts';
import { pillText, type GateBrowser } from '../fixtures/pages/harness.ts';

async function setMode(browser: GateBrowser, mode: 'observe' | 'advise'): Promise<void> {
  const hellos = (await browser.calls('page.hello')).length;
  await browser.set({ mode });
  await browser.callPage('settings.changed', {});
  await expect.poll(async () => (await browser.calls('page.hello')).length).toBeGreaterThan(hellos);
}

async function approved(page: Page, browser: GateBrowser): Promise<void> {
  await page.fill('#plain', DRAFT);
  await browser.asked(DRAFT);
  await expect.poll(() => pillText(page)).toContain('to review');
  await browser.approve();
  await expect.poll(() => pillText(page)).toContain('Approved');
}

const CHANGES: Record<string, string> = {
  'a word': `document.querySelector('#plain').value += ' Maybe.'`,
  'reply to note': `document.querySelector('select').value = 'private'`,
  'a recipient': `document.querySelector('[name=cc]').value = 'boss@example.org'`,
};

for (const [name, change] of Object.entries(CHANGES))
  test(`${name} changed by script at the last moment: held`, async ({ desk, browser_, server }) => {
    await approved(desk, browser_);
    // In the same turn as the press: no event, no debounce, nothing could have been noticed before.
    await desk.evaluate(`${change}; document.querySelector('#go').click();`);
    await expect.poll(() => pillText(desk)).toContain('Not sent');
    expect(server.posts).toEqual([]);
    expect((await browser_.calls('send.seen')).at(-1)?.['action']).toBe('hold');
    // A later look at the page finds what the press found already; why it was held is still said.
    await desk.evaluate(() => document.body.append(document.createElement('hr')));
    await desk.waitForTimeout(1500);
    expect(await pillText(desk)).toContain('Not sent');
  });

test('an attached file changes what is bound', async ({ desk, browser_, server }) => {
  await approved(desk, browser_);
  await desk.setInputFiles('input[type=file]', {
    name: 'price-list.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('x'),
  });
  await desk.click('#go');
  await expect.poll(() => pillText(desk)).toContain('Not sent');
  expect(server.posts).toEqual([]);
});

test('a link changed in a rich editor: held', async ({ desk, browser_, server }) => {
  await desk.evaluate(() => {
    const rich = document.querySelector('#rich');
    if (rich !== null)
      rich.innerHTML = '<p>AIDRAFT see <a href="https://example.org/a">terms</a></p>';
  });
  await browser_.asked('AIDRAFT see terms');
  await browser_.approve();
  await expect.poll(() => pillText(desk)).toContain('Approved');
  await desk.evaluate(() => {
    document.querySelector('#rich a')?.setAttribute('href', 'https://evil.example/');
    document.querySelector<HTMLElement>('#chat-send')?.click();
  });
  await expect.poll(() => pillText(desk)).toContain('Not sent');
  expect(server.posts).toEqual([]);
});

test('an escalated draft is held and says so', async ({ desk, browser_, server }) => {
  await browser_.set({ status: 'escalated' });
  await desk.fill('#plain', DRAFT);
  await expect.poll(() => pillText(desk)).toContain('Escalated');
  await desk.click('#go');
  await desk.waitForTimeout(300);
  expect(server.posts).toEqual([]);
});

test('a body that the page changes on its way: held', async ({ desk, browser_, server }) => {
  await approved(desk, browser_);
  await desk.evaluate(() => {
    document.querySelector('form')?.addEventListener('formdata', (event) => {
      event.formData.set('content', 'We pay you 9000 euros.');
    });
    document.querySelector<HTMLElement>('#go')?.click();
  });
  await expect.poll(() => pillText(desk)).toContain('something else than what you see');
  expect(server.posts).toEqual([]);
});

test('such a body that leaves into a frame is read as it left', async ({
  desk,
  browser_,
  server,
}) => {
  await approved(desk, browser_);
  await desk.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.name = 'sink';
    document.body.append(frame);
    const form = document.querySelector('form');
    form?.setAttribute('target', 'sink');
    form?.addEventListener('formdata', (event) => {
      event.formData.set('content', 'We pay you 9000 euros.');
    });
    document.querySelector<HTMLElement>('#go')?.click();
  });
  await expect.poll(() => server.posts.length).toBe(1);
  await expect
    .poll(async () => (await browser_.calls('delivery.read')).at(-1)?.['text'])
    .toBe('We pay you 9000 euros.');
});

test('a hidden field that leaves in place of the composer: held', async ({
  desk,
  browser_,
  server,
}) => {
  await approved(desk, browser_);
  await desk.evaluate(() => {
    const form = document.querySelector('form');
    form?.addEventListener('submit', () => {
      const hidden = document.createElement('input');
      hidden.type = 'hidden';
      hidden.name = 'content';
      hidden.value = 'We pay you 9000 euros.';
      form.prepend(hidden);
    });
    document.querySelector<HTMLElement>('#go')?.click();
  });
  await expect.poll(() => pillText(desk)).toContain('something else than what you see');
  expect(server.posts).toEqual([]);
});

test('a button that adds a file and an autosave are no send', async ({
  desk,
  browser_,
  server,
}) => {
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  await expect.poll(() => pillText(desk)).toContain('to review');
  await desk.evaluate(() => {
    const form = document.querySelector('form');
    const flag = document.createElement('input');
    flag.name = 'draft';
    flag.value = '1';
    form?.append(flag);
    const frame = document.createElement('iframe');
    frame.name = 'sink';
    document.body.append(frame);
    form?.setAttribute('target', 'sink');
    if (form !== null) HTMLFormElement.prototype.submit.call(form);
    flag.remove();
    form?.removeAttribute('target');
  });
  await expect.poll(() => server.posts.length).toBe(1);
  expect(await browser_.calls('send.seen')).toEqual([]);
  await desk.click('[name=AddMoreAttach]');
  await expect.poll(() => server.posts.length).toBe(2);
  expect(await browser_.calls('send.seen')).toEqual([]);
  expect(await browser_.calls('delivery.read')).toEqual([]);
});

test('Observe prevents nothing and tells once', async ({ desk, browser_, server }) => {
  await setMode(browser_, 'observe');
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  await expect.poll(() => pillText(desk)).toContain('to review');
  await desk.click('#go');
  await expect.poll(() => server.posts.length).toBe(1);
  await expect
    .poll(async () => (await browser_.calls('send.seen')).map((seen) => seen['action']))
    .toEqual(['pass']);
  expect((await browser_.calls('delivery.read')).at(0)).toMatchObject({
    how: 'form-body',
    text: DRAFT,
    kind: 'reply',
  });
});

test('Advise lets it leave and says that it was not reviewed', async ({
  desk,
  browser_,
  server,
}) => {
  await setMode(browser_, 'advise');
  await desk.fill('#plain', DRAFT);
  await browser_.asked(DRAFT);
  await expect.poll(() => pillText(desk)).toContain('to review');
  await desk.click('#go');
  await expect.poll(() => server.posts.length).toBe(1);
  await expect
    .poll(async () => (await browser_.calls('send.seen')).map((seen) => seen['action']))
    .toEqual(['warn']);
});

test('a worker that does not answer: held with a reason, and on again later', async ({
  desk,
  browser_,
  server,
}) => {
  await desk.fill('#plain', 'Before.');
  await browser_.asked('Before.');
  await browser_.set({ silent: true });
  await desk.fill('#plain', 'My own words.');
  await desk.click('#go');
  await expect.poll(() => pillText(desk)).toBe('Checking…');
  await expect.poll(() => pillText(desk)).toContain('does not answer');
  expect(server.posts).toEqual([]);
  await browser_.set({ silent: false });
  await expect.poll(() => pillText(desk), { timeout: 15_000 }).toBe('');
  await desk.click('#go');
  await expect.poll(() => server.posts.length).toBe(1);
});

const named = (selector: string) => (origin: string) => {
  const desk = deskSite(origin);
  const composers = desk.composers.map((one) =>
    one.id === 'reply' ? { ...one, recipients: [selector] } : one,
  );
  return { ...desk, composers };
};

/** Addresses in one element, in many, and on buttons; each with one that is added at the last moment. */
for (const [name, html, selector] of [
  ['a long line', `<p id="to">${'someone@example.org, '.repeat(40)}</p>`, '#to'],
  ['chips that are buttons', '<div id="to"><button>a@example.org</button></div>', '#to button'],
  ['an element of such chips', '<div id="to">To: <button>a@example.org</button></div>', '#to'],
  [
    'more than two hundred chips',
    `<div id="to">${Array.from({ length: 600 }, (_, n) => `<i>p${n}@example.org</i>`).join('')}</div>`,
    '#to i, #to button',
  ],
  [
    'a list of several',
    '<select id="to" multiple><option selected>a@example.org</option><option>b@example.org</option></select>',
    '#to',
  ],
] as const)
  test(`recipients as ${name}: one more is noticed`, async ({ openHtml, browser_, server }) => {
    const page = await openHtml('/to', DESK + html, named(selector)(server.url));
    await approved(page, browser_);
    await page.evaluate(() => {
      const to = document.querySelector('#to');
      const more = document.createElement('button');
      more.type = 'button';
      more.append(' boss@example.org');
      if (to instanceof HTMLSelectElement) for (const one of to.options) one.selected = true;
      else to?.append(more);
      document.querySelector<HTMLElement>('#go')?.click();
    });
    await expect.poll(() => pillText(page)).toContain('Not sent');
    expect(server.posts).toEqual([]);
  });

test('more recipients than can be told of: not covered, held and said', async ({
  openHtml,
  server,
}) => {
  const html = `<p id="to">${Array.from({ length: 2001 }, (_, n) => `p${n}@example.org`).join(', ')}</p>`;
  const page = await openHtml('/crowd', DESK + html, named('#to')(server.url));
  await page.fill('#plain', DRAFT);
  await expect.poll(() => pillText(page)).toContain('too long');
  await page.click('#go');
  await expect.poll(() => pillText(page)).toContain('Not sent');
  expect(server.posts).toEqual([]);
});
