import { expect, test, type Page } from '@playwright/test';
import { readRows } from './support/database.ts';
import { startExtension, type Extension } from './support/extension.ts';
import { managedBuild, whyNoPolicy } from './support/managed-policy.ts';
import { giveSettings } from './support/settings-file.ts';

/** Chrome reads a changed folder of policies only after it was still for some seconds. */
const POLICY = { timeout: 60_000 };

const why = whyNoPolicy();
if (why !== null)
  if (process.env['TEST_WORKER_INDEX'] === undefined)
    process.stdout.write(`  – skipped: real managed policy: ${why}\n`);
test.skip(why !== null, why ?? '');

const LOCKED = (key: string) => `Set by your organization (policy: ${key}).`;

/** The changes of settings that the record holds, oldest first. */
async function changes(page: Page): Promise<unknown[]> {
  const { events } = await readRows(page);
  return events
    .filter(({ type }) => type === 'config.changed')
    .sort((a, b) => a.seq - b.seq)
    .map(({ raw }) => JSON.parse(raw).data);
}

/** Sends the worker what only our own form may, past every control of it. */
const forge = (options: Page, values: Record<string, unknown>) =>
  options.evaluate(
    async (request) => {
      const { chrome } = globalThis as unknown as {
        chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };
      };
      return chrome.runtime.sendMessage({ countersign: 1, name: 'settings.apply', request });
    },
    { values, how: 'form' },
  );

/** Whether the gate of the managed site stands before the worker answers. */
const isEnforced = async (extension: Extension) =>
  (await extension.worker()).evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { scripting: { getRegisteredContentScripts(): Promise<{ js?: string[] }[]> } };
    };
    const scripts = await chrome.scripting.getRegisteredContentScripts();
    return scripts.some(({ js }) => js?.includes('enforced.js'));
  });

const inForce = (options: Page, key: string) =>
  options
    .getByRole('row')
    .filter({ has: options.getByRole('rowheader', { name: key, exact: true }) });

test('a real policy wins, is shown, can’t be changed, follows at once and is recorded', async () => {
  const managed = managedBuild();
  let extension: Extension | null = null;
  try {
    managed.set({
      mode: 'enforce',
      sites: ['http://127.0.0.1:9'],
      syncEndpoint: 'http://127.0.0.1:9/v1',
      ruleTiers: { 'words-promise': 'high' },
    });
    extension = await startExtension({ build: managed.build });
    const started = extension;
    expect(started.id).toBe(managed.id);
    const options = await extension.open('options.html');

    const mode = options.getByRole('combobox', { name: 'Mode for new sites' });
    await expect(mode).toHaveAccessibleDescription(LOCKED('mode'), POLICY);
    await expect(mode).toHaveValue('enforce');
    await expect(mode).toBeDisabled();
    const url = options.getByRole('textbox', { name: 'URL' });
    await expect(url).toHaveValue('http://127.0.0.1:9/v1');
    await expect(url).toHaveAccessibleDescription(LOCKED('syncEndpoint'));
    await expect(url).not.toBeEditable();
    const promise = options.getByRole('combobox', { name: 'Risk for words-promise' });
    await expect(promise).toHaveValue('high');
    await expect(promise).toBeDisabled();
    await expect(options.getByText('words-promise · set by your organization')).toBeVisible();
    await mode.focus();
    await options.keyboard.press('ArrowUp');
    await expect(mode).toHaveValue('enforce');

    await expect.poll(() => isEnforced(started)).toBe(true);

    const reply = await forge(options, { mode: 'observe', syncEndpoint: 'https://evil.example' });
    expect(JSON.stringify(reply)).toContain('set-by-organization');
    await giveSettings(options, { mode: 'observe', theme: 'dark' });
    await expect(options.getByText('1 setting applied.')).toBeVisible();
    await expect(
      options.getByText('1 setting is set by your organization and was left as it is:'),
    ).toBeVisible();
    await expect(inForce(options, 'mode')).toContainText('enforce');
    await expect(inForce(options, 'mode')).toContainText('organization');
    await expect(inForce(options, 'theme')).toContainText('this device');

    const set = { how: 'managed' };
    await expect
      .poll(() => changes(options))
      .toEqual([
        { ...set, key: 'mode', before: '"observe"', after: '"enforce"' },
        { ...set, key: 'sites', before: '[]', after: '["http://127.0.0.1:9"]' },
        { ...set, key: 'ruleTiers', before: '{}', after: '{"words-promise":"high"}' },
        { ...set, key: 'syncEndpoint', before: '""', after: '"http://127.0.0.1:9/v1"' },
        { key: 'theme', before: '"system"', after: '"dark"', how: 'import' },
      ]);

    // Wrong on purpose: a mode that is none, an address that would send in the clear.
    managed.set({ mode: 'sometimes', syncEndpoint: 'http://collector.example', textSize: 110 });
    const wrong = options.getByText('2 settings from your organization could not be used:');
    await expect(wrong).toBeVisible(POLICY);
    await expect(options.getByText(/^mode: "sometimes" is not allowed\./)).toBeVisible();
    await expect(options.getByText(/^syncEndpoint: "http:\/\/collector\.example"/)).toBeVisible();
    await expect(mode).toHaveValue('enforce');
    await expect(url).toHaveValue('');
    await expect(inForce(options, 'textSize')).toContainText('110');
    const panel = await extension.openPanel();
    await expect(
      panel.getByRole('button', { name: '2 settings from your organization could not be used' }),
    ).toBeVisible();

    managed.set(null);
    await expect(mode).not.toBeDisabled(POLICY);
    await expect(mode).toHaveValue('observe');
    await expect(inForce(options, 'theme')).toContainText('dark');
    await expect.poll(() => isEnforced(started)).toBe(false);
    await expect
      .poll(async () => (await changes(options)).slice(-2))
      .toEqual([
        { ...set, key: 'mode', before: '"enforce"', after: '"observe"' },
        { ...set, key: 'textSize', before: '110', after: '100' },
      ]);
  } finally {
    await extension?.close();
    managed.remove();
  }
});

test('a policy that changed while the worker slept wakes it, and holds at the next page', async () => {
  const managed = managedBuild();
  let extension: Extension | null = null;
  try {
    managed.set({ mode: 'advise' });
    extension = await startExtension({ build: managed.build });
    const options = await extension.open('options.html');
    await expect.poll(async () => (await changes(options)).length, POLICY).toBe(1);
    await extension.killWorker();
    managed.set({ mode: 'enforce' });
    await expect
      .poll(async () => (await changes(options)).at(-1), POLICY)
      .toEqual({ key: 'mode', before: '"advise"', after: '"enforce"', how: 'managed' });
  } finally {
    await extension?.close();
    managed.remove();
  }
});
