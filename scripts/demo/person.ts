import type { World } from './world.ts';

const TRY = `
Try
  1  ticket 4821: press "Draft reply", then "Send". The pill says why nothing left; click it
  2  in the panel: the amount that differs is marked; press E, mend it, Ctrl+Enter, then Send
  3  change one word of an approved reply, or its Cc, and press Send: held again
  4  the other tickets: some drafts are right, some are not
  5  Assistant: ask about a ticket, copy the answer, paste it into a reply
  6  type a reply of your own: nobody asks
  7  History: open an entry, then Verify

Close the window or press Ctrl+C to end the demo.`;

/** Opens the helpdesk for a person, and resolves when the window is closed. */
export async function openForPerson(world: World, say: (line: string) => void): Promise<void> {
  const { context } = world.extension;
  const closed = new Promise<void>((resolve) => {
    context.once('close', () => resolve());
  });
  const [first] = context.pages();
  const page = first ?? (await context.newPage());
  await page.goto(world.helpdesk.url);
  await page.bringToFront();
  say(`  ✓ opened ${world.helpdesk.url}`);
  say(`  drawn at start: ticket ${world.drawn.id}`);
  say(TRY);
  await closed;
}
