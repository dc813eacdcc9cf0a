import { expect, type Page } from '@playwright/test';
import type { Ticket } from '../../demo/day/ticket.ts';
import { deskPage, type DeskPage } from './desk-page.ts';
import type { Pictures } from './pictures.ts';
import type { Steps } from './steps.ts';
import { playCopied } from './tour-copied.ts';
import { playDay } from './tour-day.ts';
import { playRecord } from './tour-record.ts';
import { playRefund } from './tour-refund.ts';
import type { World } from './world.ts';

/** What every part of the tour works with. */
export interface Tour {
  world: World;
  steps: Steps;
  pictures: Pictures;
  desk: DeskPage;
  /** The side panel, once a click on the pill opened it. */
  panel(): Promise<Page>;
  ticket(id: string): Ticket;
}

/** Plays the story in the real side panel. Throws at the first false step. */
export async function playTour(world: World, steps: Steps, pictures: Pictures): Promise<void> {
  const page = await world.extension.context.newPage();
  const tour: Tour = {
    world,
    steps,
    pictures,
    desk: deskPage(page, world.helpdesk.url),
    panel: () => world.extension.panel(),
    ticket(id) {
      const found = world.day.find((one) => one.id === id);
      if (found === undefined) throw new Error(`No ticket ${id}`);
      return found;
    },
  };
  steps.part('The helpdesk');
  await steps.step(`shows the day: ${world.day.length} tickets`, async () => {
    await page.goto(world.helpdesk.url);
    await expect(page.getByRole('row')).toHaveCount(world.day.length + 1);
  });
  await playRefund(tour);
  await playCopied(tour);
  await playDay(tour);
  await playRecord(tour);
}
