import { expect } from '@playwright/test';
import { anyPage } from '../../lib/sites/shipped/any-page.ts';
import { DESK, DRAFT, deskSite } from '../fixtures/pages/desk.ts';
import { test } from '../fixtures/pages/desk-test.ts';
import { pillText } from '../fixtures/pages/harness.ts';

/** A page whose app sends by script, with this control. */
const scripted = (control: string) => `<!doctype html><title>Chat</title>
  <textarea id="box" style="width: 400px; height: 90px"></textarea>${control}
  <script>
    document.querySelector('.go')?.addEventListener('click', () => {
      fetch('/sent', { method: 'POST', body: document.getElementById('box').value });
    });
  </script>`;

for (const [name, control] of [
  ['a plain button', '<button type="button" class="go"> Send\n </button>'],
  ['a button with an icon', '<button type="button" class="go"><i>➤</i><b>Post</b></button>'],
  ['"Add comment"', '<button type="button" class="go">Add comment</button>'],
  ['a title only', '<button type="button" class="go" title="Send"><svg></svg></button>'],
] as const) {
  test(`any page, sent by script: ${name} is held, a person's own words go`, async ({
    openHtml,
    browser_,
    server,
  }) => {
    const page = await openHtml('/chat', scripted(control), anyPage);
    await page.fill('#box', DRAFT);
    await expect.poll(() => pillText(page)).toContain('to review');
    await page.click('.go');
    await expect.poll(() => pillText(page)).toContain('Not sent');
    expect(server.posts).toEqual([]);
    await page.fill('#box', 'My own words.');
    await browser_.asked('My own words.');
    await page.click('.go');
    await expect.poll(() => server.posts.length).toBe(1);
  });
}

test('any page: "Add comment" and "Save and send" in a form send, "Add file" does not', async ({
  openHtml,
  browser_,
  server,
}) => {
  const form = `<!doctype html><form method="post" action="/sent" target="there"><textarea name="t"></textarea>
    <button id="add">Add comment</button><input id="save" type="submit" value="Save and send">
    <button id="file">Add file</button></form><iframe name="there"></iframe>`;
  const page = await openHtml('/form', form, anyPage);
  await page.fill('textarea', DRAFT);
  await expect.poll(() => pillText(page)).toContain('to review');
  for (const control of ['#add', '#save']) {
    await page.click(control);
    await expect.poll(() => pillText(page)).toContain('Not sent');
  }
  expect(server.posts).toEqual([]);
  await page.click('#file');
  await expect.poll(() => server.posts.length).toBe(1);
  expect(await browser_.calls('delivery.read')).toEqual([]);
});

test('any page: an editor without anything that sends it says that it is not covered', async ({
  openHtml,
}) => {
  const page = await openHtml('/bare', scripted('<button type="button">Menu</button>'), anyPage);
  await page.fill('#box', DRAFT);
  await expect.poll(() => pillText(page)).toContain('Not covered');
});

test('on a page without a thread key each address has a composer of its own', async ({
  openHtml,
  browser_,
}) => {
  const page = await openHtml('/t', scripted(''), anyPage);
  const idAt = async (search: string) => {
    await browser_.set({ calls: [] });
    await page.goto(page.url().replace(/\?.*$/, search));
    await page.fill('#box', DRAFT);
    await browser_.asked(DRAFT);
    return (await browser_.calls('composer.changed')).at(-1);
  };
  const [one, two, again] = [await idAt('?t=1'), await idAt('?t=2'), await idAt('?t=1')];
  expect(two?.['composerId']).not.toBe(one?.['composerId']);
  expect(again?.['composerId']).toBe(one?.['composerId']);
  expect(JSON.stringify([one, two])).not.toContain('?t=');
});

test('of more composers than are watched the one in use always is', async ({
  openHtml,
  browser_,
  server,
}) => {
  const boxes = Array.from({ length: 30 }, (_, n) => `<textarea id="b${n}" rows="1"></textarea>`);
  const page = await openHtml(
    '/many',
    `${boxes.join('')}<button type="button" class="go">Send</button><script>
      document.querySelector('.go').addEventListener('click', () => fetch('/sent', { method: 'POST', body: 'x' }));
    </script>`,
    anyPage,
  );
  await expect
    .poll(async () => (await browser_.calls('page.problem')).map((one) => one['code']))
    .toContain('too-many-composers');
  for (const box of ['#b29', '#b25']) {
    await page.fill(box, DRAFT);
    await page.click('.go');
    await expect.poll(() => pillText(page)).toContain('Not sent');
    expect(server.posts).toEqual([]);
    await page.fill(box, '');
  }
});

test('Enforce: at a path that is only guessed nothing leaves meanwhile, nor on a look-alike', async ({
  openHtml,
  browser_,
  server,
}) => {
  const site = {
    ...deskSite(server.url),
    origins: [],
    knownBy: { paths: ['/guess'], elements: ['.known'] },
    composers: [{ id: 'prompt', editor: '#prompt', to: 'assistant' }],
  };
  const page = await openHtml('/enforced-guess', DESK, site);
  await page.fill('#plain', DRAFT);
  // Pressed again and again while the app's elements are waited for.
  for (let press = 0; press < 12; press += 1) {
    await page.waitForTimeout(300);
    await page.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
  }
  await expect.poll(() => pillText(page)).toContain('Not sent');
  expect(server.posts).toEqual([]);
  await page.evaluate(() => {
    const mark = document.createElement('i');
    mark.className = 'known';
    document.body.append(mark);
  });
  await expect
    .poll(async () => (await browser_.calls('composer.changed')).at(-1)?.['siteId'])
    .toBe('desk');
  await expect.poll(() => pillText(page)).toContain('to review');
  await page.click('#go');
  await expect.poll(() => pillText(page)).toContain('Not sent');
  expect(server.posts).toEqual([]);
});
