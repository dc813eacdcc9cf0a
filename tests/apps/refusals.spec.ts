import { expect as soon, test, type Page } from '@playwright/test';
import {
  startRequestTracker,
  type RequestTracker,
} from '../../scripts/apps/request-tracker/start.ts';
import { startModelServer, type ModelServer } from '../../scripts/lib/model-server/server.ts';
import { startExtension, type Extension } from '../e2e/support/extension.ts';
import { labChat, startLab, type Lab } from '../e2e/support/lab.ts';
import { approve, escalate, openByPill, pillSays, reject } from './support/panel.ts';
import { skipWithout } from './support/ready.ts';
import { openReplyWithThread } from './support/reply.ts';
import { openRecord, type Record } from './support/record.ts';
import * as desk from './support/rt.ts';

/** What the gate refuses and lets through at the Send of a real Request Tracker. */

/** A busy machine may take long over a page. */
const expect = soon.configure({ timeout: 30_000 });
const PATIENCE_MS = 60_000;
/** Two presses further apart than this are two presses, told each. */
const NEXT_PRESS_MS = 1600;

const LINK = 'https://shop.test/returns';
const ANSWER =
  'Thank you for your mail about order 70418. We have received the lamp back and the refund of EUR 42.50 is on its way to the card that you paid with. You can read how returns work on our returns page, and you do not have to send us anything else.';
const LINKED = 'our returns page';
const TICKET = {
  subject: 'Refund for order 70418',
  requestor: 'Nadia Brandt <nadia@customer.test>',
  body: `Hello,\n\nI sent the lamp of order 70418 back as ${LINK} says. I paid EUR 42.50 by card.\n\nNadia`,
};

let rt: RequestTracker;
let model: ModelServer;
let lab: Lab;
let extension: Extension;
let record: Record;
/** Tickets on which nothing may ever be stored. */
const held: number[] = [];

test.describe.configure({ timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  await skipWithout('request-tracker');
  model = await startModelServer({ replies: [{ text: ANSWER }] });
  lab = await startLab(model.url);
  rt = await startRequestTracker();
  await rt.setSignature('Maya Chen\nHelpdesk');
  extension = await startExtension();
  extension.context.setDefaultTimeout(PATIENCE_MS);
  await extension.importSettings({
    mode: 'enforce',
    sites: [rt.url],
    customSites: [labChat(lab.chat)],
    reviewerName: 'Maya Chen',
  });
  record = await openRecord(extension);
  const page = await extension.context.newPage();
  await page.goto(lab.chat);
  await page.getByRole('button', { name: 'Ask' }).click();
  await page.locator('body[data-done="1"]').waitFor();
  await desk.logIn(page, rt);
  await page.close();
});

test.afterAll(async () => {
  await extension?.close();
  await Promise.all([rt?.stop(), lab?.close(), model?.close()]);
});

/**
 * Makes the words `LINKED` of the draft a link, or gives that link another target: in the editor's
 * document, past the editor, which has no button for it.
 */
const linkTo = (page: Page, href: string): Promise<void> =>
  desk.editor(page).evaluate(
    (body, { words, to }) => {
      const there = body.querySelector('a');
      if (there !== null) {
        there.setAttribute('href', to);
        return;
      }
      const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode() !== null) {
        const at = texts.currentNode.textContent?.indexOf(words) ?? -1;
        if (at === -1) continue;
        const range = body.ownerDocument.createRange();
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + words.length);
        const link = body.ownerDocument.createElement('a');
        link.setAttribute('href', to);
        range.surroundContents(link);
        return;
      }
      throw new Error('the words to link are not there');
    },
    { words: LINKED, to: href },
  );

/** A reply to a new ticket; `draft` puts the AI's answer, with a link in it, above the signature. */
const replying = async ({ draft }: { draft: boolean }): Promise<{ page: Page; ticket: number }> => {
  const ticket = await rt.createTicket(TICKET);
  const page = await extension.context.newPage();
  await openReplyWithThread(page, rt, ticket);
  if (draft) {
    await page.bringToFront();
    await desk.focusBlank(page);
    await page.keyboard.insertText(ANSWER);
    await linkTo(page, LINK);
    await pillSays(page, '1 draft to review');
  }
  return { page, ticket };
};

/** Presses RT's Send and expects it to be held and recorded so, with this pill. */
const expectHeld = async (page: Page, ticket: number, pill: RegExp): Promise<void> => {
  const before = await countOf(ticket, 'send.held');
  await desk.sendButton(page).click();
  await pillSays(page, pill);
  await expect.poll(() => countOf(ticket, 'send.held')).toBeGreaterThan(before);
  expect(page.url()).toContain('/Ticket/Update.html');
  expect(await desk.stored(rt, ticket)).toEqual([]);
};

const storyOf = async (ticket: number) => record.story((await record.itemOf(ticket))?.id ?? '');

const countOf = async (ticket: number, type: string) =>
  (await storyOf(ticket)).filter((each) => each === type).length;

test('Send of an undecided draft is held, also when the worker was killed', async () => {
  const { page, ticket } = await replying({ draft: true });
  held.push(ticket);
  await expectHeld(page, ticket, /^Not sent: this draft is waiting for review/);
  await extension.killWorker();
  await page.waitForTimeout(NEXT_PRESS_MS);
  await expectHeld(page, ticket, /^Not sent/);
  await page.close();
});

test('a preview and adding a file are no sends and are not held', async () => {
  const { page, ticket } = await replying({ draft: true });
  held.push(ticket);
  const preview = page.waitForResponse(
    (response) =>
      response.url().endsWith('/Helpers/PreviewScrips') &&
      (response.request().postData() ?? '').includes('70418'),
  );
  await page.locator('input[name="UpdateSubject"]').click();
  expect((await preview).status()).toBe(200);

  const submitted = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().includes('/Ticket/Update.html'),
  );
  await page.locator('input[name="UpdateSubject"]').press('Enter');
  await submitted;
  await expect(desk.editor(page)).toContainText('We have received the lamp back');
  await pillSays(page, '1 draft to review');
  expect(page.url()).toContain('/Ticket/Update.html');
  // The page that came back has no query in its address; it is the same item there, and still held.
  expect(await storyOf(ticket)).toEqual(['item.opened']);
  await expectHeld(page, ticket, /^Not sent/);
  await page.close();
});

/** What is changed after the approval, and how it is taken back. */
const CHANGES: readonly {
  name: string;
  pill: RegExp;
  change(page: Page): Promise<void>;
  back(page: Page): Promise<void>;
}[] = [
  {
    name: 'a word',
    pill: /changed since approval.*\btext/i,
    change: async (page) => {
      await desk.editor(page).locator('p').first().click();
      await page.keyboard.press('End');
      await page.keyboard.type(' Soon');
    },
    back: async (page) => {
      for (let i = 0; i < 5; i += 1) await page.keyboard.press('Backspace');
    },
  },
  {
    name: 'a link',
    pill: /changed since approval.*\blinks/i,
    change: (page) => linkTo(page, 'https://shop.test.evil.test/returns'),
    back: (page) => linkTo(page, LINK),
  },
  {
    name: 'a recipient more',
    pill: /changed since approval.*\brecipients/i,
    change: async (page) => {
      await ccBox(page).click();
      await page.keyboard.type('boss@customer.test,');
    },
    back: async (page) => {
      await ccBox(page).click();
      await page.keyboard.press('Backspace');
    },
  },
  {
    name: 'a recipient less',
    pill: /changed since approval.*\brecipients/i,
    change: (page) => mailTo(page).uncheck({ force: true }),
    back: (page) => mailTo(page).check({ force: true }),
  },
  {
    name: 'reply to note',
    pill: /changed since approval.*\breply or note/i,
    change: (page) => desk.chooseKind(page, 'note'),
    back: (page) => desk.chooseKind(page, 'reply'),
  },
];

/** Each answer to a preview puts new recipients into the form, ticked as when it was asked for. */
const previewed = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () => (globalThis as unknown as { jQuery: { active: number } }).jQuery.active === 0,
  );
};

/** RT covers the field with a box of tokens. */
const ccBox = (page: Page) => page.locator('#UpdateCc-selectized');

const mailTo = (page: Page) => page.locator('input[name="TxnSendMailTo"]').first();

test('whatever is changed after the approval is held, and taken back it may leave', async () => {
  const { page, ticket } = await replying({ draft: true });
  const panel = await openByPill(page, extension, ticket);
  await approve(panel);
  await pillSays(page, /^Approved/);
  for (const { name, pill, change, back } of CHANGES)
    await test.step(name, async () => {
      await page.bringToFront();
      await previewed(page);
      await change(page);
      await expectHeld(page, ticket, pill);
      await back(page);
      await pillSays(page, /^Approved/);
    });
  await desk.send(page);
  const [reply, ...others] = await desk.stored(rt, ticket);
  expect(others).toEqual([]);
  expect(reply?.type).toBe('Correspond');
  expect(reply?.content).toContain(`<a href="${LINK}">${LINKED}</a>`);
  await expect.poll(() => countOf(ticket, 'delivery.match')).toBe(1);
  expect(await countOf(ticket, 'decision.approved')).toBe(1);
  await page.close();
});

for (const [name, verb, pill] of [
  ['escalated', escalate, /^Escalated/],
  ['rejected', reject, /^Rejected/],
] as const)
  test(`what was ${name} does not leave`, async () => {
    const { page, ticket } = await replying({ draft: true });
    held.push(ticket);
    await verb(await openByPill(page, extension, ticket));
    await pillSays(page, pill);
    await page.bringToFront();
    await expectHeld(page, ticket, pill);
    expect(await countOf(ticket, `decision.${name}`)).toBe(1);
    expect((await record.itemOf(ticket))?.state).toBe(name);
    await page.close();
  });

for (const when of ['before', 'at'] as const)
  test(`a worker killed ${when} the approval loses nothing and decides once`, async () => {
    const { page, ticket } = await replying({ draft: true });
    const panel = await openByPill(page, extension, ticket);
    if (when === 'before') {
      await extension.killWorker();
      await approve(panel);
    } else await Promise.all([approve(panel), extension.killWorker()]);
    expect(await desk.stored(rt, ticket)).toEqual([]);
    const kept = await record.itemOf(ticket);
    expect(['pending', 'approved']).toContain(kept?.state);

    // Whoever died, the person sees in the page what holds: approved, or to be decided again.
    await pillSays(page, /^Approved|to review/);
    if ((await record.itemOf(ticket))?.state === 'pending')
      await approve(await openByPill(page, extension, ticket));
    await pillSays(page, /^Approved/);
    expect(await countOf(ticket, 'decision.approved')).toBe(1);
    await page.bringToFront();
    await desk.send(page);
    expect((await desk.stored(rt, ticket)).map(({ type }) => type)).toEqual(['Correspond']);
    await page.close();
  });

test('a reply that a person typed leaves, though the worker was killed before', async () => {
  const { page, ticket } = await replying({ draft: false });
  await desk.typeReply(
    page,
    'Hi Nadia, I rang the depot this morning. They found your lamp behind a shelf, sorry! It goes out with the evening van. Cheers',
  );
  await extension.killWorker();
  await desk.send(page);
  const [reply] = await desk.stored(rt, ticket);
  expect(reply?.content).toContain('behind a shelf');
  expect(await record.itemOf(ticket)).toBeUndefined();
  await page.close();
});

test('in Observe everything leaves and is recorded as not reviewed', async () => {
  await extension.importSettings({ mode: 'observe' });
  const { page, ticket } = await replying({ draft: true });
  await desk.send(page);
  expect((await desk.stored(rt, ticket)).map(({ type }) => type)).toEqual(['Correspond']);
  await expect.poll(() => countOf(ticket, 'send.unreviewed')).toBe(1);
  expect(await countOf(ticket, 'send.held')).toBe(0);
  await page.close();
});

test('nothing that was held came in later', async () => {
  for (const ticket of held) expect(await desk.stored(rt, ticket)).toEqual([]);
});
