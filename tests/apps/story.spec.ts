import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect as soon, test, type Page } from '@playwright/test';
import { canonicalText } from '../../lib/domain/canonical.ts';
import { startMastra, type Mastra } from '../../scripts/apps/mastra/start.ts';
import {
  startRequestTracker,
  type RequestTracker,
} from '../../scripts/apps/request-tracker/start.ts';
import type { Reply } from '../../scripts/lib/model-server/reply.ts';
import { startModelServer, type ModelServer } from '../../scripts/lib/model-server/server.ts';
import { addPerson } from '../../scripts/lib/add-person.ts';
import { startProcess, type CollectorProcess } from '../collector/process.ts';
import { startExtension, type Extension } from '../e2e/support/extension.ts';
import { eventsAt, isReceipted } from './support/collector.ts';
import * as chat from './support/mastra.ts';
import { detail, draft, editAndApprove, openByPill, pillSays } from './support/panel.ts';
import { skipWithout } from './support/ready.ts';
import { openReplyWithThread } from './support/reply.ts';
import { openRecord, type Record } from './support/record.ts';
import {
  chooseKind,
  editor,
  logIn,
  openReply,
  openTicket,
  pasteReply,
  send,
  stored,
  typeReply,
} from './support/rt.ts';

/** Real Mastra Studio, real Request Tracker, the real extension and its real side panel. */

/** A busy machine may take long over a page. */
const expect = soon.configure({ timeout: 30_000 });
const PATIENCE_MS = 60_000;

const ANSWER = [
  'Thank you for writing to us about order 70418. I have looked into it, and the parcel was handed to the carrier on 12 October 2026 but never scanned again.',
  'We will refund EUR 45.20 to the card that you paid with. The money is usually back within a few days, and there is nothing else that you have to do.',
  'Please tell us if you would rather have the lamp sent once more.',
].join('\n\n');
const REFUND = 'EUR 45.20';
const PAID = 'EUR 42.50';
const TICKET = {
  subject: 'Parcel for order 70418 has not arrived',
  requestor: 'Nadia Brandt <nadia@customer.test>',
  body: [
    'Hello,',
    '',
    'my parcel for order 70418 has not arrived. I paid EUR 42.50 by card.',
    'Your shop says that it left on 12 October 2026.',
    '',
    'Nadia',
  ].join('\n'),
};
const SIGNATURE = ['Maya Chen', 'Helpdesk'];

/** Nothing in it can be told from the thread, and it is long enough to be known again. */
const SECOND =
  'We have asked the carrier once more, and they have opened a search for the parcel with number 5512. It takes about a week. Until then nothing more is needed from you, and we write as soon as they answer us.';

let rt: RequestTracker;
let mastra: Mastra;
let model: ModelServer;
let extension: Extension;
let collector: CollectorProcess;
let folder = '';
let record: Record;

test.describe.configure({ timeout: 240_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  await skipWithout('mastra', 'request-tracker');
  model = await startModelServer();
  [mastra, rt] = await Promise.all([startMastra({ modelUrl: model.url }), startRequestTracker()]);
  await rt.setSignature(SIGNATURE.join('\n'));
  folder = mkdtempSync(join(tmpdir(), 'countersign-story-'));
  collector = await startProcess({ folder, databaseUrl: '', isFirst: true });
  extension = await startExtension();
  extension.context.setDefaultTimeout(PATIENCE_MS);
  await extension.importSettings({
    mode: 'enforce',
    sites: [mastra.url, rt.url],
    reviewerName: 'Maya Chen',
    syncEndpoint: collector.url,
    syncToken: await addPerson(collector, { name: 'Maya Chen', role: 'reviewer' }),
  });
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
    origin: mastra.url,
  });
  record = await openRecord(extension);
  const page = await extension.context.newPage();
  await logIn(page, rt);
  await page.close();
});

test.afterAll(async () => {
  await extension?.close();
  await Promise.all([rt?.stop(), mastra?.stop(), model?.close(), collector?.end('SIGTERM')]);
  if (folder !== '') rmSync(folder, { recursive: true });
});

/** A prompt in a new conversation of Mastra; the model's answer begins to stream. */
const asking = async (reply: Reply): Promise<Page> => {
  model.setNext({ firstByteMs: 200, model: 'support-model-2', ...reply });
  const page = await extension.context.newPage();
  await chat.openAgent(page, mastra);
  await chat.ask(page, 'Write a reply to Nadia about order 70418.');
  return page;
};

/** A whole answer; `copy` puts it on the clipboard. */
const answered = async (
  text: string,
  copy: (page: Page, nth: number) => Promise<void>,
): Promise<void> => {
  const page = await asking({ text, tokensPerSecond: 60 });
  await chat.answer(page, 0, text.slice(-30));
  await copy(page, 0);
  await page.close();
};

/** A reply to a ticket, with the customer's first mail quoted and the signature below. */
const replyTo = async (ticket: number): Promise<Page> => {
  const page = await extension.context.newPage();
  await openTicket(page, rt, ticket);
  const mail = await page
    .locator('.transaction.message')
    .first()
    .getAttribute('data-transaction-id');
  await openReplyWithThread(page, rt, ticket, { quote: Number(mail) });
  return page;
};

/** Text of stored HTML as a browser shows it, read by nothing of ours. */
const shownText = async (html: string): Promise<string> => {
  const page = await extension.context.newPage();
  await page.setContent(html);
  const text = await page.locator('body').innerText();
  await page.close();
  return canonicalText(text);
};

/** RT writes line ends and closes tags on the way in; nothing else may differ. */
const bare = (html: string): string =>
  html.replaceAll(/\s*(<[^>]*?)\s*\/?>\s*/gu, '$1>').replaceAll(/\s+/gu, ' ');

test('an answer of Mastra is checked, edited, approved and sent by RT as approved', async () => {
  const ticket = await rt.createTicket(TICKET);
  await answered(ANSWER, chat.selectAndCopyAnswer);

  const page = await replyTo(ticket);
  await pasteReply(page);
  await pillSays(page, '1 draft to review');
  const pasted = await editor(page).innerHTML();
  await page.screenshot({ path: 'test-results/apps-rt-pill.png' });

  const panel = await openByPill(page, extension, ticket);
  const [output] = (await record.outputs()).filter(({ text }) => text.includes(REFUND));
  expect(output).toMatchObject({
    text: ANSWER,
    protocol: 'mastra',
    model: 'support-model-2',
    finish: 'complete',
    tokens: null,
  });
  expect(output?.latency.firstByteMs).toBeGreaterThan(0);
  expect(output?.latency.totalMs).toBeGreaterThan(output?.latency.firstByteMs ?? Infinity);

  // Only the draft is the item: neither the customer's quoted mail nor the signature.
  expect(canonicalText(await draft(panel).innerText())).toBe(canonicalText(ANSWER));
  await expect(detail(panel)).toContainText('support-model-2');
  await expect(detail(panel)).toContainText('To nadia@customer.test');
  const confidence = detail(panel).getByRole('region', { name: 'Confidence' });
  await expect(confidence).toContainText('Unknown');
  await expect(confidence).toContainText('came without token probabilities');
  // The thread is not on the reply page: it was read from where RT shows it.
  const sources = detail(panel).getByRole('region', { name: 'Sources' });
  await expect(sources).toContainText('Contradicted');
  await expect(sources).toContainText('42.50');
  await panel.screenshot({ path: 'test-results/apps-panel-rt.png' });

  await editAndApprove(panel, REFUND, PAID);
  await expect(editor(page)).toContainText(PAID);
  await pillSays(page, 'Approved');
  const item = await record.itemOf(ticket);
  expect(item).toMatchObject({ state: 'approved', effect: 'applied' });
  const approved = item?.decision?.released;

  await send(page);
  const [reply, ...others] = await stored(rt, ticket);
  expect(others).toEqual([]);
  expect(reply?.type).toBe('Correspond');
  const content = reply?.content ?? '';
  expect(await shownText(content)).toBe(canonicalText(approved?.text ?? ''));
  expect(await shownText(content)).toContain(`${PAID} to the card`);
  // Not a tag of the quote, the signature or the rest of the draft is another one.
  expect(bare(content)).toBe(bare(pasted.replace(REFUND, PAID)));
  expect(content).toMatch(/<blockquote>[\s\S]*I paid EUR 42\.50 by card/u);
  expect(content).toMatch(/--&nbsp;<br \/>\s*Maya Chen<br \/>\s*Helpdesk/u);

  await expect.poll(() => record.story(item?.id ?? '')).toContain('delivery.match');
  expect(await record.story(item?.id ?? '')).toEqual([
    'item.opened',
    'decision.edited',
    'effect.applied',
    'delivery.match',
  ]);
  await expect.poll(async () => (await record.itemOf(ticket))?.sent?.readBack).toBe('thread');

  // The endpoint holds every event of it to the byte, and has signed for them.
  const events = await record.events(item?.id ?? '');
  const logid = events[0]?.logid ?? '';
  const last = Math.max(...events.map(({ seq }) => seq));
  await expect
    .poll(async () => isReceipted(collector, await record.receipts(), logid, last))
    .toBe(true);
  const held = await eventsAt(collector, logid);
  expect(events.map(({ seq }) => held.get(seq))).toEqual(events.map(({ raw }) => raw));

  await panel.getByRole('tab', { name: 'History' }).click();
  const history = panel.getByRole('grid', { name: 'History' });
  await expect(history.getByRole('row', { name: /Edited & approved, Maya Chen/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Verify' }).click();
  await expect(panel.getByRole('region', { name: 'Trail check' })).toContainText(/^Verified/);
  await panel.screenshot({ path: 'test-results/apps-panel-history.png' });
  await panel.getByRole('tab', { name: 'Queue' }).click();
  await page.close();
});

test('the thread is read as RT shows it: each message once, with what it folds away', async () => {
  const ticket = await rt.createTicket(TICKET);
  const first = await replyTo(ticket);
  await typeReply(
    first,
    'Hi Nadia, sorry to hear that! I am asking our carrier and come back to you.',
  );
  await send(first);
  await first.close();

  const comment = await replyTo(ticket);
  await chooseKind(comment, 'note');
  await typeReply(comment, 'The carrier lost two more parcels this week, not to be told.');
  await send(comment);
  await comment.close();

  await answered(SECOND, chat.copyAnswer);
  const page = await replyTo(ticket);
  await pasteReply(page);
  await pillSays(page, '1 draft to review');
  await openByPill(page, extension, ticket);
  const item = await record.itemOf(ticket);
  await expect.poll(async () => (await record.sources(item?.id ?? '')).length).toBe(3);
  const sources = await record.sources(item?.id ?? '');
  expect(sources.map(({ internal }) => internal)).toEqual([false, false, true]);
  const [mail, reply, note] = sources.map(({ text }) => canonicalText(text));
  expect(mail).toBe(canonicalText(TICKET.body));
  // The quote in our own reply is folded away there; RT's words for that are no text of the reply.
  expect(reply).toContain('come back to you');
  expect(reply?.split('I paid EUR 42.50 by card').length).toBe(2);
  expect(reply).not.toContain('quoted text');
  expect(note).toContain('not to be told');
  await page.close();
});

test('an answer that was stopped is known as cut, and asks for more than a look', async () => {
  const cut = await asking({ text: ANSWER, tokensPerSecond: 5 });
  await chat.answer(cut, 0, 'never scanned again');
  await chat.stopAnswer(cut);
  await chat.prompt(cut).waitFor();
  await expect.poll(async () => (await record.outputs()).at(-1)?.finish).toBe('aborted');
  await chat.selectAndCopyAnswer(cut, 0);
  await cut.close();

  const ticket = await rt.createTicket(TICKET);
  const page = await replyTo(ticket);
  await pasteReply(page);
  await pillSays(page, '1 draft to review');
  const panel = await openByPill(page, extension, ticket);
  await expect(detail(panel)).toContainText('The AI text did not end as a complete answer.');
  await expect(detail(panel)).toContainText('stopped before its end');
  expect((await record.itemOf(ticket))?.tier).toBe('high');
  await page.close();
});

test('a thread that fails at first and comes in late is checked against all the same', async () => {
  const ticket = await rt.createTicket(TICKET);
  await answered(ANSWER, chat.copyAnswer);
  const page = await extension.context.newPage();
  const { promise: late, resolve: comeIn } = Promise.withResolvers<void>();
  let tries = 0;
  await page.route('**/Helpers/TicketHistory*', async (route) => {
    tries += 1;
    if (tries === 1) return route.abort();
    await late;
    await route.continue();
  });
  await openReply(page, rt, ticket);
  await pasteReply(page);
  await pillSays(page, '1 draft to review');
  const panel = await openByPill(page, extension, ticket);
  const sources = detail(panel).getByRole('region', { name: 'Sources' });
  await expect(sources).toContainText('No sources on this page');
  comeIn();
  await expect(sources).toContainText('Contradicted');
  expect(tries).toBe(2);
  await page.close();
});
