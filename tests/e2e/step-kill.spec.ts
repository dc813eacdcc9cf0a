import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { readRows } from './support/database.ts';
import { startExtension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';
import { startStepKill } from './support/step-kill.ts';

/** `STEP_KILL=all` kills at every step; else at every `SAMPLE`th, so that the usual run stays short. */
const ALL = process.env['STEP_KILL'] === 'all';
const SAMPLE = 9;
/** A part of the steps only, so that two runs can share them. */
const FIRST = Number(process.env['STEP_KILL_FROM'] ?? 1);
const LAST = Number(process.env['STEP_KILL_TO'] ?? Infinity);

const WORDS =
  'parcel courier window garden letter colour engine bottle market silver pocket winter morning ticket button carpet island mirror pencil saddle thunder velvet whistle yellow anchor basket candle dragon feather guitar hammer insect jacket kettle ladder magnet napkin oyster pillow quartz ribbon sponge tunnel violin walnut zipper'.split(
    ' ',
  );

/** A reply no other run has: thirty words drawn by a small generator. */
function replyFor(run: number): string {
  let state = run * 7919 + 17;
  const draw = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return WORDS[Math.floor((state / 4_294_967_296) * WORDS.length)] ?? 'word';
  };
  return `We looked at your ${Array.from({ length: 30 }, draw).join(' ')} and all is well.`;
}

/** Presses Approve until the item is decided: a press that met a dying worker decides nothing. */
async function approve(panel: Page, options: Page, thread: string): Promise<void> {
  await panel.getByRole('tab', { name: 'Queue' }).click();
  const row = panel.getByRole('grid', { name: 'Review queue' }).getByText(`#${thread}`);
  const detail = panel.getByRole('region', { name: 'Review detail' });
  for (let press = 0; press < 6; press += 1) {
    const item = (await readRows(options)).items.find((each) => each.threadKey === thread);
    if (item?.state === 'approved' && item.effect === 'applied') return;
    if (item?.state === 'pending') {
      // The panel may still show the item before, whose decision met a dying worker.
      if (!(await detail.getByText(`#${thread}`).first().isVisible())) {
        const back = panel.getByRole('button', { name: 'Queue', exact: true });
        if (await back.isVisible()) await back.click();
        // It may have been decided since the row was read: then the next look says so.
        await row
          .first()
          .click({ timeout: 3_000 })
          .catch(() => undefined);
      }
      const button = panel
        .getByRole('toolbar', { name: 'Decide' })
        .getByRole('button', { name: /^Approve/ });
      await button.click({ timeout: 3_000 }).catch(() => undefined);
    }
    await panel.waitForTimeout(700);
  }
}

test('the worker is killed at each step from capture to delivery', async () => {
  test.setTimeout(ALL ? 3_600_000 : 420_000);
  const model = await startModelServer();
  const lab = await startLab(model.url);
  const extension = await startExtension();
  const steps = await startStepKill(extension.port, extension.id);
  try {
    await extension.importSettings({
      mode: 'enforce',
      customSites: [labChat(lab.chat), labDesk(lab.desk)],
      reviewerName: 'Mia',
    });
    const options = await extension.open('options.html');
    const panel = await extension.openPanel();
    panel.setDefaultTimeout(20_000);
    const chat = await extension.context.newPage();
    await chat.goto(lab.chat);
    const desk = await extension.context.newPage();

    const story = async (run: number) => {
      const text = replyFor(run);
      const thread = String(9000 + run);
      model.setNext({ text });
      await chat.bringToFront();
      await chat.getByRole('button', { name: 'Ask' }).click();
      await chat.locator(`body[data-done="${run + 1}"]`).waitFor();
      await desk.bringToFront();
      await desk.goto(`${lab.desk}/?id=${thread}`);
      const before = lab.stored.length;
      await desk.getByLabel('Reply', { exact: true }).fill(text);
      await expect
        .poll(
          async () => (await readRows(options)).items.filter((i) => i.threadKey === thread).length,
          { timeout: 30_000, message: `run ${run}: the draft became an item` },
        )
        .toBe(1);
      // Not approved yet: pressing Send stores nothing, whatever died.
      await desk.getByRole('button', { name: 'Send' }).click();
      await desk.waitForTimeout(300);
      expect(lab.stored.length, `run ${run}: nothing leaves undecided`).toBe(before);
      await approve(panel, options, thread);
      for (let press = 0; press < 5 && lab.stored.length === before; press += 1) {
        await desk.getByRole('button', { name: 'Send' }).click();
        await desk.waitForTimeout(900);
      }
      expect(lab.stored.length, `run ${run}: sent once`).toBe(before + 1);
      expect(lab.stored.at(-1)?.content).toBe(text);
      await expect
        .poll(
          async () =>
            (await readRows(options)).items.find((i) => i.threadKey === thread)?.delivery ?? '',
          { timeout: 20_000, message: `run ${run}: delivery read` },
        )
        .toBe('match');
      return { text, thread };
    };

    // How many steps one whole story has, without a kill.
    await steps.arm(0);
    await story(0);
    const names = await steps.counted();
    expect(names.length).toBeGreaterThan(20);

    const kills: string[] = [];
    let run = 0;
    const last = Math.min(names.length, LAST);
    for (let at = FIRST; at <= last; at += ALL ? 1 : SAMPLE) {
      run += 1;
      // The worker must run to be armed; any call wakes it.
      await options.evaluate(() => {
        const { chrome } = globalThis as unknown as {
          chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
        };
        return chrome.runtime.sendMessage({ countersign: 1, name: 'sync.now', request: {} });
      });
      await steps.arm(at);
      const { text, thread } = await story(run).catch(async (error: unknown) => {
        const item = (await readRows(options)).items.find(
          (i) => i.threadKey === String(9000 + run),
        );
        const { effects } = await readRows(options);
        throw new Error(
          `killed at step ${at} (${steps.killed() ?? 'not reached'}); the item: ${JSON.stringify(item)}; its effects: ${JSON.stringify(effects.filter((e) => e.itemId === item?.id))}`,
          { cause: error },
        );
      });
      const killed = steps.killed();
      if (killed !== null) kills.push(`${at} ${killed}`);

      const rows = await readRows(options);
      const items = rows.items.filter((item) => item.threadKey === thread);
      const outputs = rows.outputs.filter((row) => row.output.text === text);
      const ofItem = rows.events.filter((event) => event.itemId === items[0]?.id);
      const count = (type: string) => ofItem.filter((event) => event.type === type).length;
      const said = `killed at step ${at} (${killed ?? 'not reached'})`;
      expect(outputs.length, `${said}: one output`).toBe(1);
      expect(
        items.map(({ state, delivery }) => `${state} ${delivery}`),
        `${said}: one item`,
      ).toEqual(['delivered match']);
      expect(count('item.opened'), `${said}: opened once`).toBe(1);
      expect(count('decision.approved') - count('effect.failed'), `${said}: one approval`).toBe(1);
      expect(count('effect.applied'), `${said}: one effect`).toBe(1);
      expect(count('delivery.match'), `${said}: one delivery`).toBe(1);
    }
    process.stdout.write(
      `\n  step-kill: ${names.length} steps in one story, the worker was killed at ${kills.length} of them\n`,
    );
    expect(kills.length).toBeGreaterThan(ALL ? (last - FIRST) * 0.8 : 3);
    const seqs = (await readRows(options)).events.map((event) => event.seq);
    expect(seqs).toEqual(seqs.map((_, index) => index));
  } finally {
    steps.close();
    await extension.close();
    await lab.close();
    await model.close();
  }
});
