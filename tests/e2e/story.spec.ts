import { expect, test } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { pillText } from '../fixtures/pages/harness.ts';
import { startExtension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';

const ANSWER =
  'Thank you for writing to us about order 1182. We have checked the payment and we refund EUR 120.00 to your card. The money goes back the way it came, and you do not need to send anything back to our warehouse.';

test('an answer is copied into a reply, checked, edited, approved and sent as approved', async () => {
  const model = await startModelServer({ replies: [{ text: ANSWER }] });
  const lab = await startLab(model.url);
  const extension = await startExtension();
  try {
    await extension.importSettings({
      mode: 'enforce',
      customSites: [labChat(lab.chat), labDesk(lab.desk)],
      reviewerName: 'Mia',
    });
    const chat = await extension.context.newPage();
    await chat.goto(lab.chat);
    await chat.getByRole('button', { name: 'Ask' }).click();
    await chat.locator('body[data-done="1"]').waitFor();

    const desk = await extension.context.newPage();
    await desk.goto(`${lab.desk}/?id=4821`);
    const reply = desk.getByLabel('Reply', { exact: true });
    const edited = `Hi Ana,\n${ANSWER.replace('Thank you for writing to us', 'Thanks for your mail')}\nKind regards, Mia`;
    await reply.fill(edited);
    const pill = desk.locator('countersign-pill');
    await pill.waitFor();

    // Send is held while nobody decided.
    await desk.getByRole('button', { name: 'Send' }).click();
    await desk.waitForTimeout(500);
    expect(lab.stored).toEqual([]);

    await pill.click();
    const panel = await extension.panel();
    await panel.getByRole('region', { name: 'Review detail' }).waitFor();
    await expect(panel.getByRole('region', { name: 'Sources' })).toContainText('102.00');
    await panel.screenshot({ path: 'test-results/story-detail.png' });
    const decide = panel.getByRole('toolbar', { name: 'Decide' });
    await decide.getByRole('button', { name: /^Edit/ }).click();
    const box = panel.getByRole('textbox', { name: 'Edited reply' });
    await box.fill((await box.inputValue()).replace('120.00', '102.00'));
    await panel.getByRole('button', { name: /^Edit & approve/ }).click();
    await expect(reply).toHaveValue(edited.replace('120.00', '102.00'));

    // The page says when the edit stands; a press before that is held.
    await expect.poll(() => pillText(desk)).toContain('Approved');
    await desk.getByRole('button', { name: 'Send' }).click();
    await desk.locator('.sent').waitFor();
    expect(lab.stored.map((message) => message.content.replaceAll('\r\n', '\n'))).toEqual([
      edited.replace('120.00', '102.00'),
    ]);
    await panel.getByRole('tab', { name: 'History' }).click();
    await expect(panel.getByRole('grid', { name: 'History' })).toContainText('Mia');
    await panel.getByRole('button', { name: 'Verify' }).click();
    await expect(panel.getByRole('region', { name: 'Trail check' })).toContainText(/^Verified/);
    await panel.screenshot({ path: 'test-results/story-history.png' });
  } finally {
    await extension.close();
    await lab.close();
    await model.close();
  }
});
