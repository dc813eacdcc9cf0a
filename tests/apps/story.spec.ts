import { expect, test, type Page } from '@playwright/test';
import { canonicalText } from '../../lib/domain/canonical.ts';
import { startMastra, type Mastra } from '../../scripts/apps/mastra/start.ts';
import {
  startRequestTracker,
  type RequestTracker,
} from '../../scripts/apps/request-tracker/start.ts';
import { startModelServer, type ModelServer } from '../../scripts/lib/model-server/server.ts';
import { startExtension, type Extension } from '../e2e/support/extension.ts';
import { answer, ask, copyAnswer, openAgent, selectAndCopyAnswer } from './support/mastra.ts';
import { detail, draft, editAndApprove, openByPill, pillSays } from './support/panel.ts';
import { skipWithout } from './support/ready.ts';
import { openRecord, type Record } from './support/record.ts';
import { editor, logIn, openReply, openTicket, pasteReply, send, stored } from './support/rt.ts';

/** Real Mastra Studio, real Request Tracker, the real extension and its real side panel. */

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

let rt: RequestTracker;
let mastra: Mastra;
let model: ModelServer;
let extension: Extension;
let record: Record;

test.describe.configure({ timeout: 240_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  await skipWithout('mastra', 'request-tracker');
  model = await startModelServer();
  [mastra, rt] = await Promise.all([startMastra({ modelUrl: model.url }), startRequestTracker()]);
  await rt.setSignature(SIGNATURE.join('\n'));
  extension = await startExtension();
  await extension.importSettings({
    mode: 'enforce',
    sites: [mastra.url, rt.url],
    reviewerName: 'Maya Chen',
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
  await Promise.all([rt?.stop(), mastra?.stop(), model?.close()]);
});

/** An answer of the model in Mastra's chat; `copy` puts it on the clipboard. */
const answered = async (
  text: string,
  copy: (page: Page, nth: number) => Promise<void>,
): Promise<void> => {
  model.setNext({ text, tokensPerSecond: 60, firstByteMs: 200, model: 'support-model-2' });
  const page = await extension.context.newPage();
  await openAgent(page, mastra);
  await ask(page, 'Write a reply to Nadia about order 70418.');
  await answer(page, 0, text.slice(-30));
  await copy(page, 0);
  await page.close();
};

/** A reply to a new ticket, with the customer's mail quoted and the signature below. */
const replyTo = async (ticket: number): Promise<Page> => {
  const page = await extension.context.newPage();
  await openTicket(page, rt, ticket);
  const mail = await page
    .locator('.transaction.message')
    .first()
    .getAttribute('data-transaction-id');
  await openReply(page, rt, ticket, { quote: Number(mail) });
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
  await answered(ANSWER, selectAndCopyAnswer);

  const page = await replyTo(ticket);
  await pasteReply(page);
  await pillSays(page, '1 draft to review');
  const pasted = await editor(page).innerHTML();
  await page.screenshot({ path: 'test-results/apps-rt-pill.png' });

  const panel = await openByPill(page, extension, REFUND);
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

  await expect
    .poll(() => record.story(item?.id ?? ''), { timeout: 30_000 })
    .toContain('delivery.match');
  expect(await record.story(item?.id ?? '')).toEqual([
    'item.opened',
    'decision.edited',
    'effect.applied',
    'delivery.match',
  ]);
  await expect.poll(async () => (await record.itemOf(ticket))?.sent?.readBack).toBe('thread');
  await panel.getByRole('tab', { name: 'History' }).click();
  const history = panel.getByRole('grid', { name: 'History' });
  await expect(history.getByRole('row', { name: /Edited & approved, Maya Chen/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Verify' }).click();
  await expect(panel.getByRole('region', { name: 'Trail check' })).toContainText(/^Verified/);
  await panel.screenshot({ path: 'test-results/apps-panel-history.png' });
});
