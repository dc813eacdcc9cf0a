import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import type { ModelServer } from '../../scripts/lib/model-server/server.ts';
import { readRows } from './support/database.ts';
import { startExtension } from './support/extension.ts';
import type { Extension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';
import type { Lab } from './support/lab.ts';

/** The desk's record says: refund approved EUR 102.00. */
const RIGHT =
  'Thank you for writing to us about order 1182. We have checked the payment and we refund EUR 102.00 to your card. The money goes back the way it came, and you do not need to send anything back.';
const WRONG = RIGHT.replace('102.00', '120.00');

let model: ModelServer;
let lab: Lab;
let extension: Extension;
let options: Page;
let panel: Page;
let chat: Page;
let asked = 0;

test.beforeAll(async () => {
  model = await startModelServer();
  lab = await startLab(model.url);
  extension = await startExtension();
  await extension.importSettings({
    mode: 'enforce',
    customSites: [labChat(lab.chat), labDesk(lab.desk)],
    reviewerName: 'Mia',
  });
  options = await extension.open('options.html');
  panel = await extension.openPanel();
  panel.setDefaultTimeout(15_000);
  chat = await extension.context.newPage();
  await chat.goto(lab.chat);
});

test.afterAll(async () => {
  await extension.close();
  await lab.close();
  await model.close();
});

const itemOf = async (thread: string) =>
  (await readRows(options)).items.findLast((item) => item.threadKey === thread);

const eventsOf = async (thread: string, type: string) => {
  const item = await itemOf(thread);
  const { events } = await readRows(options);
  return events
    .filter((event) => event.itemId === item?.id && event.type === type)
    .map((event) => (JSON.parse(event.raw) as { data: Record<string, unknown> }).data);
};

const box = () => panel.getByRole('textbox', { name: 'Edited reply' });
const submit = () => panel.getByRole('button', { name: 'Edit & approve' });
const flagged = () => panel.getByRole('group', { name: 'Flagged in your text' });

/** Has the AI answer, puts it into a ticket's reply box, and opens the editor on it. */
async function editing(thread: string, text: string): Promise<Page> {
  model.setNext({ text });
  asked += 1;
  await chat.bringToFront();
  await chat.getByRole('button', { name: 'Ask' }).click();
  await chat.locator(`body[data-done="${asked}"]`).waitFor();
  const desk = await extension.context.newPage();
  await desk.goto(`${lab.desk}/?id=${thread}`);
  await desk.getByLabel('Reply', { exact: true }).fill(text);
  await expect.poll(() => itemOf(thread).then((item) => item?.state)).toBe('pending');
  await panel.getByRole('tab', { name: 'Queue' }).click();
  const back = panel.getByRole('button', { name: 'Queue', exact: true });
  if (await back.isVisible()) await back.click();
  await panel.getByRole('grid', { name: 'Review queue' }).getByText(`#${thread}`).first().click();
  await panel
    .getByRole('toolbar', { name: 'Decide' })
    .getByRole('button', { name: /^Edit/ })
    .click();
  await box().waitFor();
  return desk;
}

test('an edit that brings a contradicted amount waits until it is settled, and is recorded so', async () => {
  const desk = await editing('501', RIGHT);
  await expect(submit()).not.toHaveAttribute('aria-disabled', 'true');
  // At once, before the pause: what is shown lags, what is decided does not.
  await box().fill(WRONG);
  await box().press('Control+Enter');
  await expect(submit()).toHaveAttribute('aria-disabled', 'true');
  await expect(submit()).toHaveAccessibleDescription(
    /Settle statement \d.* first .*Rule fact-contradicted, set by Countersign defaults/,
  );
  await submit().focus();
  await expect(submit()).toBeFocused();
  await submit().click({ force: true });
  await expect(flagged()).toContainText('EUR 120.00 differs from the sources. Nearest: EUR 102.00');
  expect(await eventsOf('501', 'decision.edited')).toEqual([]);
  expect((await itemOf('501'))?.state).toBe('pending');

  const fine = flagged().getByRole('button', { name: "It's fine, because" });
  await expect(fine).toHaveCount(1);
  await fine.focus();
  await panel.keyboard.press('Enter');
  await panel.getByRole('menuitem', { name: 'It was agreed with the customer' }).focus();
  await panel.keyboard.press('Enter');
  await expect(flagged()).toContainText('Settled: It was agreed with the customer');
  await expect(submit()).not.toHaveAttribute('aria-disabled', 'true');
  // Words elsewhere change nothing about it; its own words do.
  await box().fill(`Dear Ana. ${WRONG}`);
  await expect(flagged()).toContainText('Settled: It was agreed with the customer');
  await box().fill(WRONG.replace('120.00', '130.00'));
  await expect(submit()).toHaveAttribute('aria-disabled', 'true');
  await box().fill(WRONG);
  await expect(submit()).not.toHaveAttribute('aria-disabled', 'true');
  await box().press('Control+Enter');
  await expect(desk.getByLabel('Reply', { exact: true })).toHaveValue(WRONG);

  const [recorded] = await eventsOf('501', 'decision.edited');
  expect(recorded).toMatchObject({ tier: 'high', settled: 1 });
  expect(recorded?.['rules']).toContain('fact-contradicted');
  expect(recorded?.['note']).toMatchObject({ commitment: expect.any(String) });
  // The panel now tells of what stands in the reply box.
  await expect.poll(() => itemOf('501').then((item) => item?.effect)).toBe('applied');
  const item = await itemOf('501');
  expect(item).toMatchObject({ tier: 'high', draft: WRONG });
  await panel.evaluate((id) => (location.hash = `#/item/${id}`), item?.id);
  await expect(panel.getByRole('button', { name: /^Statement \d, Contradicted/ })).toBeVisible();
});

test('an edit that takes the flagged amount out needs no settling', async () => {
  const desk = await editing('502', WRONG);
  await expect(flagged()).toContainText('EUR 120.00 differs from the sources');
  await box().fill(RIGHT);
  await expect(flagged().getByRole('button')).toHaveCount(0);
  await submit().click();
  await expect(desk.getByLabel('Reply', { exact: true })).toHaveValue(RIGHT);
  expect(await eventsOf('502', 'decision.edited')).toMatchObject([{ settled: 0 }]);
  expect((await itemOf('502'))?.tier).not.toBe('high');
});

test('an edit that the policy locks is refused with its rule', async () => {
  await editing('503', RIGHT);
  await box().fill(`${RIGHT} We accept liability.`);
  await expect(submit()).toHaveAccessibleDescription(/Locked by rule words-locked/);
  await expect(flagged()).toContainText('We accept liability.');
  await box().press('Control+Enter');
  await submit().click({ force: true });
  expect(await eventsOf('503', 'decision.edited')).toEqual([]);
});

test('the worker refuses a decision that lacks the settlement, and writes nothing', async () => {
  const desk = await editing('504', RIGHT);
  const item = await itemOf('504');
  const before = (await readRows(options)).events.length;
  const ask = (settled?: string[]) =>
    panel.evaluate(
      async ([id, version, hash, text, keys]) => {
        const { chrome } = globalThis as unknown as {
          chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
        };
        return chrome.runtime.sendMessage({
          countersign: 1,
          name: 'item.decide',
          request: {
            decisionId: 'forged',
            itemId: id,
            verb: 'edit',
            version,
            shownHash: hash,
            editedText: text,
            reasons: ['other'],
            ...(keys === undefined ? {} : { settled: keys }),
            note: 'I say so',
            deferUntil: null,
            dwell: { visibleMs: 1, openMs: 1 },
          },
        });
      },
      [item?.id, item?.version, item?.boundHash, WRONG, settled] as const,
    );
  for (const settled of [undefined, [], ['s:something else']])
    expect(JSON.stringify(await ask(settled))).toContain('"refusal":"unsettled-flags"');
  expect((await readRows(options)).events).toHaveLength(before);
  expect((await itemOf('504'))?.state).toBe('pending');
  await expect(desk.getByLabel('Reply', { exact: true })).toHaveValue(RIGHT);
});
