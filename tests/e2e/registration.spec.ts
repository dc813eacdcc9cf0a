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

test('changes that cross: every one is answered, the last holds, and no script goes away meanwhile', async () => {
  const model = await startModelServer();
  const lab = await startLab(model.url);
  const extension = await startExtension();
  try {
    await extension.importSettings({ sites: [lab.desk] });
    const options = await extension.open('options.html');
    const answers = await options.evaluate(
      async ([desk, chat]) => {
        interface Reply {
          ok: boolean;
        }
        const { chrome } = globalThis as unknown as {
          chrome: {
            runtime: { sendMessage(message: unknown): Promise<Reply> };
            scripting: { getRegisteredContentScripts(): Promise<{ id: string }[]> };
          };
        };
        const tell = (name: string, request: unknown) =>
          chrome.runtime.sendMessage({ countersign: 1, name, request });
        const calls = Array.from({ length: 12 }, (_, i) => [
          tell('site.register', {}),
          tell('settings.apply', {
            values: { sites: i % 2 === 0 ? [desk, chat] : [desk], textSize: 90 + 5 * (i % 3) },
            how: 'form',
          }),
          // Of one key each: neither may be lost to the other.
          tell('settings.apply', { values: { reviewerName: `Mia ${i}` }, how: 'form' }),
        ]).flat();
        const state = { isRunning: true };
        const all = Promise.all(calls).finally(() => {
          state.isRunning = false;
        });
        const seen = new Set<string>();
        while (state.isRunning) {
          const scripts = await chrome.scripting.getRegisteredContentScripts();
          seen.add(
            scripts
              .map(({ id }) => id)
              .sort()
              .join(),
          );
        }
        const ok = (await all).map((reply) => reply.ok);
        return { refused: ok.filter((each) => !each).length, seen: [...seen] };
      },
      [lab.desk, lab.chat] as const,
    );
    expect(answers).toEqual({ refused: 0, seen: ['countersign-page,countersign-tap'] });
    expect((await registered(extension))['page.js']).toEqual([`${lab.desk}/*`]);
    await expect(options.getByRole('textbox', { name: 'My name' })).toBeVisible();
    await options.reload();
    await expect(options.getByRole('textbox', { name: 'My name' })).toHaveValue('Mia 11');
    await expect(options.getByRole('listitem').filter({ hasText: lab.chat })).toHaveCount(0);
  } finally {
    await extension.close();
    await lab.close();
    await model.close();
  }
});

test('sites that Chrome does not take: the settings are said to be saved, and what to do', async () => {
  const extension = await startExtension();
  try {
    const worker = await extension.worker();
    await worker.evaluate(() => {
      const { chrome } = globalThis as unknown as {
        chrome: { scripting: { registerContentScripts(): Promise<never> } };
      };
      chrome.scripting.registerContentScripts = () =>
        Promise.reject(new Error('Chrome is out of order.'));
    });
    const page = await extension.open('options.html');
    await page.getByLabel('Import settings').setInputFiles({
      name: 'settings.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ sites: ['http://127.0.0.1:9'], mode: 'advise' })),
    });
    await expect(page.getByText('2 settings applied.')).toBeVisible();
    await expect(page.getByRole('alert')).toHaveText(
      /^Saved on this device\. But Chrome did not take the list of sites.* Chrome is out of order\. Restart Chrome/,
    );
    await expect(page.getByText('could not be used')).toHaveCount(0);
    await page.reload();
    await expect(page.getByText('127.0.0.1:9').first()).toBeVisible();
  } finally {
    await extension.close();
  }
});
