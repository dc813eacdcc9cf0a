import { expect, type Page } from '@playwright/test';
import type { Ticket } from '../../demo/day/ticket.ts';
import { expectShown, opened, review } from './review-page.ts';
import type { Tour } from './tour.ts';

/** Tickets that other parts of the tour have gone through. */
const DONE = new Set(['4821', '4830']);

async function toQueue(panel: Page): Promise<void> {
  await panel.getByRole('tab', { name: 'Queue' }).click();
  const back = review(panel).detail.getByRole('button', { name: 'Queue' });
  if (await back.isVisible()) await back.click();
}

/** Every other ticket: what the panel flags is the known fault, and a right draft has no flag. */
export async function playDay(tour: Tour): Promise<void> {
  const { world, steps, pictures, desk } = tour;
  const { stored } = world.helpdesk;
  const panel = await tour.panel();

  const queue = panel.getByRole('grid', { name: 'Review queue' });

  const look = async (ticket: Ticket) => {
    await desk.open(ticket.id);
    await desk.draft();
    await desk.pillSays('1 draft to review');
    await desk.pressPill();
    await opened(panel, ticket);
    await expectShown(panel, ticket);
  };

  steps.part('The rest of the day: each flag is the known fault, right drafts have none');
  for (const ticket of world.day.filter(({ id }) => !DONE.has(id) && id !== world.drawn.id))
    await steps.step(`${ticket.id} ${ticket.fault === '' ? 'right' : ticket.fault}`, async () => {
      await look(ticket);
      if (ticket.id === '4837')
        await pictures.panel(panel, 'hidden', { show: review(panel).draft });
    });
  await steps.step(`${world.drawn.id} ${world.drawn.fault}`, () => look(world.drawn));

  await steps.step('4842 is locked: only Escalate works, and nothing leaves', async () => {
    const before = stored.length;
    const locked = tour.ticket('4842');
    await desk.open(locked.id);
    await desk.draft();
    await desk.pillSays('1 draft to review');
    await desk.pressPill();
    await opened(panel, locked);
    const { decide, detail } = review(panel);
    await expect(decide.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(
      /Only Escalate is possible/,
    );
    await decide.getByRole('button', { name: 'Escalate' }).click();
    await detail.getByRole('textbox', { name: 'Note' }).fill('A lead has to answer this one.');
    await detail.getByRole('button', { name: 'Escalate', exact: true }).click();
    await desk.pillSays('Escalated');
    await desk.send();
    await desk.pillSays('Escalated');
    expect(stored.length).toBe(before);
  });
  await steps.step('4833 is opened from the queue and rejected, with a reason', async () => {
    await toQueue(panel);
    await queue
      .getByRole('row', { name: new RegExp(tour.ticket('4833').subject.slice(0, 20)) })
      .click();
    await opened(panel, tour.ticket('4833'));
    const { decide, detail } = review(panel);
    await decide.getByRole('button', { name: 'Reject' }).click();
    await detail
      .getByRole('group', { name: 'Reason' })
      .getByRole('button', { name: 'Not in sources' })
      .click();
    await expect(panel.getByRole('region', { name: 'Last decision' })).toContainText('rejected');
  });
  await steps.step('the queue lists what waits, riskiest first', async () => {
    await toQueue(panel);
    await queue.getByRole('row').first().focus();
    await panel.keyboard.press('Home');
    const riskiest = queue.getByRole('row', { name: /, 1 of \d+$/ });
    await expect(riskiest).toHaveAccessibleName(/^(?:Locked|High risk)/);
    await pictures.panel(panel, 'queue', { show: riskiest });
  });
}
