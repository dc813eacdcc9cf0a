import { expect } from '@playwright/test';
import { expectShown, opened, review } from './review-page.ts';
import { SIGNATURE, storedText } from './stored-text.ts';
import type { Tour } from './tour.ts';

/** Ticket 4830: an answer is copied from a chat in another tab; a person's own reply is left alone. */
export async function playCopied(tour: Tour): Promise<void> {
  const { world, steps, desk } = tour;
  const { stored } = world.helpdesk;
  const ticket = tour.ticket('4830');

  steps.part('Ticket 4830: an answer copied from a chat');
  await steps.step('the assistant answers in another tab, and the answer is copied', async () => {
    const chat = await world.extension.context.newPage();
    await chat.goto(`${world.helpdesk.url}/assistant`);
    await chat.getByRole('textbox').fill('How do I answer ticket 4830?');
    await chat.getByRole('button', { name: 'Ask' }).click();
    await chat.getByRole('button', { name: 'Copy' }).click();
    await expect(chat.getByRole('button', { name: 'Copied' })).toBeVisible();
    await chat.close();
  });
  await steps.step('pasted into the reply box it is known again', async () => {
    await desk.open(ticket.id);
    await desk.reply.locator('p').first().click();
    await desk.page.keyboard.press('ControlOrMeta+v');
    await desk.pillSays('1 draft to review');
    await desk.pressPill();
  });
  const panel = await tour.panel();
  const { detail, decide } = review(panel);
  await steps.step('with the model of the chat, and nothing to flag', async () => {
    await opened(panel, ticket);
    await expect(detail).toContainText('oak-support-1');
    await expectShown(panel, ticket);
  });
  await steps.step('one press approves it, and it leaves as it was approved', async () => {
    const before = stored.length;
    await decide.getByRole('button', { name: 'Approve' }).click();
    await desk.pillSays('Approved, same text');
    await desk.send();
    await expect.poll(() => stored.length).toBe(before + 1);
    expect(storedText(stored.at(-1)?.content ?? '')).toBe(`${ticket.draft.text}\n${SIGNATURE}`);
  });
  await steps.step("a reply that a person typed is not held: it isn't the AI's", async () => {
    const before = stored.length;
    await desk.open('4839');
    await desk.reply.locator('p').first().click();
    await desk.page.keyboard.type(
      'Hi Sam, I have just set a new password for you by hand and will call you at noon to tell you. Best, Mia',
    );
    await desk.send();
    await expect.poll(() => stored.length).toBe(before + 1);
    expect(stored.at(-1)?.ticketId).toBe('4839');
  });
}
