import type { Page } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { startExtension } from '../e2e/support/extension.ts';
import { labChat, labDesk, startLab } from '../e2e/support/lab.ts';
import { commitsOf, watchCommits } from './commit-watch.ts';
import { rounds, type Size } from './options.ts';
import { painted } from './panel-watch.ts';
import { timeRow, type Part } from './report.ts';

const SYLLABLES = ['ba', 'den', 'fi', 'gor', 'hul', 'ka', 'lim', 'mo', 'ner', 'pas', 'ri', 'tul'];

/** A made-up word; different numbers give different ones. */
function word(number: number): string {
  const pick = (at: number) => SYLLABLES[at % SYLLABLES.length] ?? '';
  return pick(number) + pick(Math.trunc(number / SYLLABLES.length) + number) + pick(number * 5 + 3);
}

/** A reply that no other round gives, and that holds no fact to check. */
function replyOf(round: number): string {
  const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map((at) => word(round * 7 + at * 13));
  return (
    `Thank you for your patience with the ${a} parcel. We looked into it and found that our ${b} ` +
    `warehouse had set the ${c} box aside by mistake. A colleague from the ${d} team has put it right ` +
    `this morning, so there is nothing left for you to do about the ${e} address or the ${f} label.`
  );
}

/** Sets the composer's text as a paste does; resolves with the wall clock of the input event. */
async function paste(desk: Page, text: string): Promise<number> {
  return desk.evaluate((text) => {
    const box = document.querySelector('textarea');
    if (box === null) throw new Error('no composer');
    box.focus();
    box.value = text;
    const at = Date.now();
    box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    return at;
  }, text);
}

/** The main job in the real panel: what it takes from the wire, and from the composer, to the screen and to disk. */
export async function benchStory(size: Size): Promise<Part> {
  let lastByteAt: Promise<number> = Promise.resolve(Number.NaN);
  let round = 0;
  const model = await startModelServer({
    handler: () => {
      const exchange = model.requests.at(-1);
      if (exchange !== undefined) lastByteAt = exchange.ended.then(() => Date.now());
      return { text: replyOf(round), model: `bench-${round}`, tokensPerSecond: 200 };
    },
  });
  const lab = await startLab(model.url);
  const extension = await startExtension();
  const outputToRow: number[] = [];
  const inputToRow: number[] = [];
  const clickToCommit: number[] = [];
  const commitAlone: number[] = [];
  try {
    await extension.importSettings({
      mode: 'enforce',
      customSites: [labChat(lab.chat), labDesk(lab.desk)],
      reviewerName: 'Mia',
    });
    const panel = await extension.openPanel();
    const chat = await extension.context.newPage();
    await chat.goto(lab.chat);
    const desk = await extension.context.newPage();
    await panel.evaluate(() => {
      window.addEventListener(
        'click',
        (event) =>
          Object.assign(globalThis, { clickedAt: performance.timeOrigin + event.timeStamp }),
        { capture: true },
      );
    });
    const count = rounds(size, 6, 40);
    for (round = 0; round <= count; round += 1) {
      await chat.bringToFront();
      const offered = painted(panel, 'section', `bench-${round}`);
      await chat.getByRole('button', { name: 'Ask' }).click();
      const shownAt = await offered;
      const output = shownAt - (await lastByteAt);

      const ticket = 5000 + round;
      await desk.bringToFront();
      await desk.goto(`${lab.desk}/?id=${ticket}`);
      // The page's first look at its composer is done, as when a person has read the ticket.
      await desk.waitForTimeout(600);
      const rowShown = painted(panel, '[role="grid"] [role="row"]', String(ticket));
      const pastedAt = await paste(desk, replyOf(round));
      const input = (await rowShown) - pastedAt;

      await panel.getByRole('row', { name: new RegExp(String(ticket)) }).click();
      const worker = await extension.worker();
      await watchCommits(worker);
      const approve = panel
        .getByRole('toolbar', { name: 'Decide' })
        .getByRole('button', { name: /^Approve/ });
      await approve.waitFor();
      await panel.waitForTimeout(400);
      const before = (await commitsOf(worker)).length;
      await approve.click();
      const clickedAt = await panel.evaluate(() => Number(Reflect.get(globalThis, 'clickedAt')));
      let decided;
      for (let tries = 0; decided === undefined && tries < 100; tries += 1) {
        decided = (await commitsOf(worker))
          .slice(before)
          .find(({ types }) => types.includes('decision.approved'));
        if (decided === undefined) await panel.waitForTimeout(50);
      }
      if (decided === undefined) throw new Error(`round ${round}: no decision was committed`);
      await approve.waitFor({ state: 'detached' });
      if (round === 0) continue; // The first loads code and wakes everything.
      outputToRow.push(output);
      inputToRow.push(input);
      clickToCommit.push(decided.at - clickedAt);
      commitAlone.push(decided.ms);
    }
  } finally {
    await extension.close();
    await lab.close();
    await model.close();
  }
  return {
    name: 'From the page to the panel to the record',
    rows: [
      timeRow('last byte of an output sent → its row painted in the open panel', outputToRow, {
        share: 0.95,
        limit: 150,
      }),
      timeRow('draft in the composer → its row painted, 250 ms of settling included', inputToRow, {
        share: 0.95,
        limit: 400,
      }),
      timeRow(
        'the same without the settling',
        inputToRow.map((ms) => ms - 250),
        { share: 0.95, limit: 150 },
      ),
      timeRow('Approve: click in the panel → decision on the disk', clickToCommit, {
        share: 0.95,
        limit: 50,
      }),
      timeRow('its strict transaction alone', commitAlone, { share: 0.95, limit: 50 }),
    ],
    notes: [
      'The real side panel beside real tabs, headless; one ticket, one answer (200 tokens/s) and one approval a round.',
      'A draft is asked about 250 ms after its last change (debounce): shown with it and without.',
      'Painted: the frame after the row stands in the document has been handled. Clocks of one machine, ± 1 ms.',
    ],
  };
}
