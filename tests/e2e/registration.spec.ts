import { expect, test } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { startExtension, type Extension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';

const ANSWER =
  'Thank you for writing to us about your order. We have checked the payment and we refund the whole amount to your card, the way it came, and you need to send nothing back.';

interface Registered {
  id: string;
  js?: string[];
  matches?: string[];
  world?: string;
  runAt?: string;
}

/** What Chrome has registered: script file → sites, sorted. */
async function registered(extension: Extension): Promise<Record<string, string[]>> {
  const worker = await extension.worker();
  const scripts = await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { scripting: { getRegisteredContentScripts(): Promise<Registered[]> } };
    };
    return chrome.scripting.getRegisteredContentScripts();
  });
  expect(scripts.every((script) => script.runAt === 'document_start')).toBe(true);
  return Object.fromEntries(
    scripts.map(({ js, matches }) => [js?.join() ?? '', [...(matches ?? [])].sort()]),
  );
}

test('what runs where follows the sites and their modes, and no tab gets it twice', async () => {
  const model = await startModelServer({ replies: [{ text: ANSWER }] });
  const lab = await startLab(model.url);
  const extension = await startExtension();
  try {
    const atDesk = [`${lab.desk}/*`];
    const both = [...atDesk, `${lab.chat}/*`].sort();
    expect(await registered(extension)).toEqual({});

    await extension.importSettings({ mode: 'observe', customSites: [labDesk(lab.desk)] });
    await expect
      .poll(() => registered(extension))
      .toEqual({ 'content-scripts/tap.js': atDesk, 'page.js': atDesk });

    const desk = await extension.context.newPage();
    await desk.goto(`${lab.desk}/?id=7`);
    await extension.importSettings({
      siteModes: { [lab.desk]: 'enforce' },
      customSites: [labDesk(lab.desk), labChat(lab.chat)],
    });
    await expect
      .poll(() => registered(extension))
      .toEqual({
        'content-scripts/tap.js': both,
        'page.js': both,
        'enforced.js': atDesk,
      });
    // The desk's tab was open when the other site came: it still has one runtime, with one pill.
    const chat = await extension.context.newPage();
    await chat.goto(lab.chat);
    await chat.getByRole('button', { name: 'Ask' }).click();
    await chat.locator('body[data-done="1"]').waitFor();
    await desk.getByLabel('Reply', { exact: true }).fill(ANSWER);
    await desk.locator('countersign-pill').first().waitFor();
    await desk.waitForTimeout(600);
    await expect(desk.locator('countersign-pill')).toHaveCount(1);

    // The mode for all is not the mode of a site that has its own.
    await extension.importSettings({ mode: 'advise' });
    await expect.poll(async () => (await registered(extension))['enforced.js']).toEqual(atDesk);
    await extension.importSettings({ siteModes: {} });
    await expect.poll(async () => (await registered(extension))['enforced.js']).toBeUndefined();
    await extension.importSettings({ sites: [], customSites: [] });
    await expect.poll(() => registered(extension)).toEqual({});
  } finally {
    await extension.close();
    await lab.close();
    await model.close();
  }
});
