import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { expect, test } from '@playwright/test';
import { startModelServer } from '../../scripts/lib/model-server/server.ts';
import { readRows } from './support/database.ts';
import { startExtension } from './support/extension.ts';
import { labChat, labDesk, startLab } from './support/lab.ts';
import { giveSettings } from './support/settings-file.ts';

/** Every call of the contracts, as a page would forge it. */
const CALLS = [
  'page.hello',
  'output.captured',
  'composer.changed',
  'send.seen',
  'delivery.read',
  'page.problem',
  'panel.open',
  'item.decide',
  'item.undo',
  'item.release-human',
  'item.show-in-page',
  'output.review',
  'settings.apply',
  'site.register',
  'export.made',
  'sync.now',
  'sync.test',
  '__proto__',
  'constructor',
];

test('a hostile page and a hostile content script decide nothing', async () => {
  const model = await startModelServer();
  const lab = await startLab(model.url);
  const extension = await startExtension();
  try {
    await extension.importSettings({
      mode: 'enforce',
      customSites: [labChat(lab.chat), labDesk(lab.desk)],
    });
    const options = await extension.open('options.html');
    const before = await readRows(options);
    const page = await extension.context.newPage();
    await page.goto(`${lab.desk}/?id=1`);
    const cdp = await extension.context.newCDPSession(page);
    const contexts: { id: number; name: string; origin: string }[] = [];
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      contexts.push({ id: context.id, name: context.name, origin: context.origin });
    });
    await cdp.send('Runtime.enable');
    const isolated = contexts.find((context) => context.name === 'Countersign');
    if (isolated === undefined)
      throw new Error(`no isolated world among ${JSON.stringify(contexts)}`);
    // What a compromised renderer can do: speak with the content script's own voice.
    const answers = await cdp.send('Runtime.evaluate', {
      contextId: isolated.id,
      awaitPromise: true,
      returnByValue: true,
      expression: `(async () => {
        const replies = [];
        const bodies = [{}, null, 1, 'x', [], { __proto__: { admin: true } }, { values: { mode: 'observe' }, how: 'form' },
          { decisionId: 'd', itemId: 'i', verb: 'approve', version: 1, shownHash: 'h', editedText: null, reasons: [], note: '', deferUntil: null, dwell: { visibleMs: 1, openMs: 1 } }];
        for (const name of ${JSON.stringify(CALLS)})
          for (const request of bodies) {
            const reply = await chrome.runtime.sendMessage({ countersign: 1, name, request, from: 'extension' }).catch((e) => ({ ok: false, code: String(e) }));
            replies.push([name, reply?.ok ?? false]);
          }
        return replies;
      })()`,
    });
    const replies = answers.result.value as [string, boolean][];
    expect(replies.length).toBeGreaterThan(CALLS.length * 5);
    const privileged = replies.filter(([name]) =>
      /^(item|output\.review|settings|site|export|sync|__proto__|constructor)/.test(name),
    );
    expect(privileged.filter(([, ok]) => ok)).toEqual([]);

    // Floods and big claims: the page goes on, the worker answers our own pages.
    await cdp.send('Runtime.evaluate', {
      contextId: isolated.id,
      expression: `for (let i = 0; i < 5000; i++) void chrome.runtime.sendMessage({ countersign: 1, name: 'page.problem', request: { code: 'x', detail: 'y' } }).catch(() => 0);
        void chrome.runtime.sendMessage({ countersign: 1, name: 'output.captured', request: { output: { text: 'x'.repeat(3000000) } } }).catch(() => 0);`,
    });
    await page.evaluate(() => {
      for (let i = 0; i < 20_000; i += 1)
        window.postMessage({ countersign: 1, name: 'item.decide' }, '*');
      for (let i = 0; i < 2000; i += 1)
        window.dispatchEvent(new MessageEvent('countersign', { data: { t: 'data', bytes: 'x' } }));
      document.querySelectorAll('countersign-pill').forEach((pill) => pill.remove());
    });
    await page.getByLabel('Reply', { exact: true }).fill('The page still works.');
    await expect(page.getByLabel('Reply', { exact: true })).toHaveValue('The page still works.');

    const after = await readRows(options);
    const decided = after.events.filter((event) => /^(decision|release|config)/.test(event.type));
    expect(decided.length).toBe(
      before.events.filter((event) => /^(decision|release|config)/.test(event.type)).length,
    );
    expect(after.items).toEqual([]);
    await options.reload();
    await options.getByRole('heading', { name: 'Sites' }).waitFor();
  } finally {
    await extension.close();
    await lab.close();
    await model.close();
  }
});

test('a page cannot read the settings or the token', async () => {
  const model = await startModelServer();
  const lab = await startLab(model.url);
  const extension = await startExtension();
  try {
    await extension.importSettings({ customSites: [labDesk(lab.desk)], syncToken: 'canary-7f3a' });
    const page = await extension.context.newPage();
    await page.goto(`${lab.desk}/?id=1`);
    const cdp = await extension.context.newCDPSession(page);
    const ids: number[] = [];
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === 'Countersign') ids.push(context.id);
    });
    await cdp.send('Runtime.enable');
    const read = await cdp.send('Runtime.evaluate', {
      contextId: ids[0] ?? 0,
      awaitPromise: true,
      returnByValue: true,
      expression: `chrome.storage.local.get(null).then((all) => JSON.stringify(all), (error) => 'refused: ' + error)`,
    });
    expect(String(read.result.value)).toMatch(/^refused/);
    expect(String(read.result.value)).not.toContain('canary');
  } finally {
    await extension.close();
    await lab.close();
    await model.close();
  }
});

test('a wrong settings file is said in words and changes nothing', async () => {
  const extension = await startExtension();
  try {
    const options = await extension.open('options.html');
    const before = (await readRows(options)).events.length;
    await giveSettings(options, '{ not json');
    await expect(options.getByRole('alert').first()).toContainText(/JSON/);
    await giveSettings(options, [1, 2]);
    await expect(options.getByRole('alert').first()).toBeVisible();
    await giveSettings(options, { mode: 'sometimes' });
    await expect(options.getByText(/mode/).first()).toBeVisible();
    expect((await readRows(options)).events.length).toBe(before);
  } finally {
    await extension.close();
  }
});

/** A server that gives its key like a collector, takes no event, and keeps who asked. */
async function startListener() {
  const heard: IncomingHttpHeaders[] = [];
  const publicKey = randomBytes(32);
  const id = createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
  const keys = [{ id, alg: 'Ed25519', publicKey: publicKey.toString('base64url') }];
  const server = createServer((request, response) => {
    if (request.method === 'POST') heard.push(request.headers);
    const isKeys = request.url === '/v1/keys' || request.method === 'OPTIONS';
    response.writeHead(isKeys ? 200 : 503, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers':
        'authorization, content-type, content-digest, idempotency-key, countersign-protocol',
      'Access-Control-Allow-Methods': '*',
      'Content-Type': 'application/json',
    });
    response.end(JSON.stringify(isKeys ? { keys } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { heard, url: `http://127.0.0.1:${address.port}`, close };
}

test('a file that names another endpoint does not get the token of the one before', async () => {
  const [first, other] = [await startListener(), await startListener()];
  const extension = await startExtension();
  try {
    await extension.importSettings({ syncEndpoint: first.url, syncToken: 'canary-7f3a' });
    await expect
      .poll(() => first.heard.some((headers) => headers.authorization === 'Bearer canary-7f3a'))
      .toBe(true);
    const options = await extension.open('options.html');
    await giveSettings(options, { syncEndpoint: other.url, consentAt: 5 });
    await expect(options.getByText('1 setting applied.')).toBeVisible();
    await expect(options.getByRole('alert')).toContainText(
      `The saved token was for ${new URL(first.url).host} as it was set before, so it was removed`,
    );
    await expect(options.getByText(/could not be used/)).toHaveCount(0);
    await options.getByRole('button', { name: 'Sync now' }).click();
    await expect.poll(() => other.heard.length).toBeGreaterThan(0);
    expect(JSON.stringify(other.heard)).not.toContain('canary');
    // What was agreed to is a person's doing, never a file's.
    await expect(options.getByRole('row', { name: /^consentAt/ })).toHaveText(/0\s*default/);
  } finally {
    await extension.close();
    first.close();
    other.close();
  }
});
