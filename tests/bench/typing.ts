import type { Page } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { startExtension } from '../e2e/support/extension.ts';
import { labChat, labDesk, startLab } from '../e2e/support/lab.ts';
import { rounds, type Size } from './options.ts';
import { digits, times, type Part } from './report.ts';
import { median, quantile } from './stats.ts';

const ANSWER =
  'Thank you for writing to us. We have looked into the parcel and found that our warehouse had set it aside by mistake. ';
/** Keys of one turn of one page. */
const KEYS = 'and so we send it anew, with our regards ';

interface Typed {
  /** Key pressed → all that listens to it has run, ms. */
  handled: number[];
  /** Frames of the time of typing: how long each took, ms. */
  frames: number[];
}

/** Notes in the page how long keys and frames take. */
function listen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const typed: Typed = { handled: [], frames: [] };
    Object.assign(globalThis, { typed });
    let pressedAt = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => typed.handled.push(performance.now() - pressedAt);
    window.addEventListener('keydown', (event) => {
      pressedAt = event.timeStamp;
    });
    window.addEventListener('input', () => port2.postMessage(0));
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      typed.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** What typing costs in a watched composer, beside the same composer on a page that is not watched. */
export async function benchTyping(size: Size): Promise<Part> {
  const model = await startModelServer({ replies: [{ text: ANSWER.repeat(6) }] });
  const watchedLab = await startLab(model.url);
  const plainLab = await startLab(model.url);
  const extension = await startExtension();
  try {
    await extension.importSettings({
      mode: 'enforce',
      customSites: [labChat(watchedLab.chat), labDesk(watchedLab.desk)],
      reviewerName: 'Mia',
    });
    const chat = await extension.context.newPage();
    await chat.goto(watchedLab.chat);
    await chat.getByRole('button', { name: 'Ask' }).click();
    await chat.locator('body[data-done="1"]').waitFor();
    const open = async (origin: string) => {
      const page = await extension.context.newPage();
      await page.goto(`${origin}/?id=1`);
      await page.getByLabel('Reply', { exact: true }).fill(ANSWER.repeat(6));
      return page;
    };
    const watched = await open(watchedLab.desk);
    const plain = await open(plainLab.desk);
    // The draft is an item by now: every key changes something that was matched and held.
    await watched.locator('countersign-pill').waitFor();
    const pages = [watched, plain] as const;
    for (const page of pages) await listen(page);
    const all = {
      watched: { handled: [], frames: [] } as Typed,
      plain: { handled: [], frames: [] } as Typed,
    };
    for (let round = -1; round < rounds(size, 4, 16); round += 1)
      for (const page of round % 2 === 0 ? pages : pages.toReversed()) {
        await page.bringToFront();
        await page.getByLabel('Reply', { exact: true }).focus();
        await page.waitForTimeout(400);
        await page.evaluate(() => {
          Object.assign(Reflect.get(globalThis, 'typed'), { handled: [], frames: [] });
        });
        await page.keyboard.type(KEYS, { delay: 30 });
        // The content is asked about 250 ms after the last key.
        await page.waitForTimeout(400);
        const typed = await page.evaluate(() => Reflect.get(globalThis, 'typed') as Typed);
        if (round < 0) continue;
        const own = page === watched ? all.watched : all.plain;
        own.handled.push(...typed.handled);
        own.frames.push(...typed.frames.slice(1));
      }
    // Two frames' time without a frame: one was dropped, whoever is to blame.
    const dropped = (frames: readonly number[]) => frames.filter((ms) => ms > 33.4).length;
    const perThousand = ({ frames }: Typed) =>
      (dropped(frames) * 1000) / Math.max(1, frames.length);
    const added = (share: number) =>
      quantile(all.watched.handled, share) - quantile(all.plain.handled, share);
    return {
      name: 'Typing',
      rows: [
        {
          what: 'delay of a key added in a watched composer (2 kB, held)',
          median: `${digits(added(0.5))} ms`,
          p95: `${digits(added(0.95))} ms`,
          n: all.watched.handled.length,
          peer: `${times('watched', all.watched.handled)}; ${times('not watched', all.plain.handled)}`,
          target: 'p95 < 2 ms',
          met: added(0.95) < 2,
        },
        {
          what: 'frames dropped while typing, of a thousand',
          median: digits(perThousand(all.watched)),
          p95: `longest ${digits(Math.max(...all.watched.frames))} ms`,
          n: all.watched.frames.length,
          peer: `not watched: ${digits(perThousand(all.plain))}, longest ${digits(Math.max(...all.plain.frames))} ms; median frame ${digits(median(all.plain.frames))} ms`,
          target: 'none more than not watched',
          met: perThousand(all.watched) <= perThousand(all.plain),
        },
      ],
      notes: [
        'Keys come from the browser’s own input, 30 ms apart, in turns of 41 on both pages; the time of asking the worker after each turn is in.',
        'From the key’s own time stamp to the task after its last listener. On a busy machine frames drop on both pages.',
      ],
    };
  } finally {
    await extension.close();
    await watchedLab.close();
    await plainLab.close();
    await model.close();
  }
}
