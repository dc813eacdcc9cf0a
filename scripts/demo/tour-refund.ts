import { expect } from '@playwright/test';
import { expectShown, opened, review } from './review-page.ts';
import { SIGNATURE, storedText } from './stored-text.ts';
import type { Tour } from './tour.ts';

/** Ticket 4821: a wrong amount is held, shown, mended, and what was approved is what leaves. */
export async function playRefund(tour: Tour): Promise<void> {
  const { world, steps, pictures, desk } = tour;
  const { stored } = world.helpdesk;
  const ticket = tour.ticket('4821');
  const right = ticket.draft.text.replace('EUR 120.00', 'EUR 102.00');

  steps.part('Ticket 4821: a wrong amount');
  await steps.step('a draft streams into the reply box; a pill says that it waits', async () => {
    await desk.open(ticket.id);
    await desk.draft();
    await desk.pillSays('1 draft to review');
    await pictures.page(desk.page, 'helpdesk');
  });
  await steps.step('Send is held before approval: the helpdesk stored nothing', async () => {
    await desk.send();
    await desk.pillSays('Not sent: this draft is waiting for review');
    expect(stored).toEqual([]);
  });
  await steps.step('a click on the pill opens the side panel with the draft', async () => {
    await desk.pressPill();
    await opened(await tour.panel(), ticket);
  });
  const panel = await tour.panel();
  const { detail, draft, confidence, sources, decide, edited } = review(panel);
  await steps.step('model, tokens and token probabilities are named', async () => {
    await expect(detail).toContainText('oak-support-1');
    await expect(detail).toContainText(/\d+ tokens in, \d+ out/);
    await expect(confidence).toContainText(/from \d+ token probabilities/);
  });
  await steps.step('EUR 120.00 differs from the sources; nearest is EUR 102.00', async () => {
    await expectShown(panel, ticket);
    await expect(sources).toContainText('Refund approved');
    await draft.getByRole('button', { name: /Contradicted$/ }).click();
    const show = detail.getByRole('heading', { level: 2 });
    await pictures.panel(panel, 'review', { show, block: 'center', height: 1040 });
  });
  await steps.step('Approve waits and names the rule and who set it', async () => {
    const approve = decide.getByRole('button', { name: 'Approve' });
    await expect(approve).toHaveAccessibleDescription(
      /Settle statement \d.*Rule fact-contradicted, set by Countersign defaults/,
    );
  });
  await steps.step(
    'an edit is approved and written into the reply box, signature kept',
    async () => {
      await decide.getByRole('button', { name: 'Edit' }).click();
      await edited.fill((await edited.inputValue()).replace('EUR 120.00', 'EUR 102.00'));
      await expect(edited).toHaveValue(right);
      await pictures.panel(panel, 'edit');
      await detail.getByRole('button', { name: 'Edit & approve' }).click();
      await expect(desk.reply).toContainText('EUR 102.00');
      await expect(desk.reply).toContainText('Mia Berg, Lumen & Oak');
      await desk.pillSays('Approved, same text');
    },
  );
  await steps.step('one letter changed after approval: held again', async () => {
    await desk.reply.getByText('There is nothing else').click();
    await desk.page.keyboard.press('End');
    await desk.page.keyboard.type('!');
    await desk.send();
    await desk.pillSays('Not sent: changed since approval (text)');
    expect(stored).toEqual([]);
  });
  await steps.step('the approved text is back, so it may leave', async () => {
    await desk.page.keyboard.press('Backspace');
    await desk.pillSays('Approved, same text');
  });
  await steps.step('what the helpdesk stored is exactly what was approved', async () => {
    await desk.send();
    await expect.poll(() => stored.length).toBe(1);
    const [reply] = stored;
    expect(storedText(reply?.content ?? '')).toBe(`${right}\n${SIGNATURE}`);
    expect(reply).toMatchObject({ kind: 'reply', to: ticket.customer.email });
  });
}
