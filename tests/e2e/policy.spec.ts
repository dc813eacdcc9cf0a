import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startProcess } from '../collector/process.ts';
import { readRows } from './support/database.ts';
import { startExtension } from './support/extension.ts';
import { giveSettings } from './support/settings-file.ts';

/** From a change at the collector until a device with an open page has it, in milliseconds. */
const SOON = { timeout: 20_000 };
const MINUTE_MS = 60_000;

test('a signed policy arrives, holds, expires into the strictest; a revoked token ends access', async () => {
  test.setTimeout(150_000);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-policy-'));
  const collector = await startProcess({ folder, databaseUrl: '', isFirst: true });
  const extension = await startExtension();
  const api = async (method: string, path: string, body?: unknown, ifMatch?: number) => {
    const reply = await fetch(`${collector.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${collector.token}`,
        'Countersign-Protocol': '1',
        'Content-Type': 'application/json',
        ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(reply.ok, `${method} ${path}: ${reply.status}`).toBe(true);
    return (await reply.json()) as { id: string; token: string; info: { id: string } };
  };
  const publish = (version: number, settings: object, lastsMs: number) => {
    const [notBefore, notAfter] = [-MINUTE_MS, lastsMs].map((ms) =>
      new Date(Date.now() + ms).toISOString(),
    );
    return api('PUT', '/v1/policy', { version, notBefore, notAfter, settings }, version - 1);
  };
  const events = async (page: Page, type: string) =>
    (await readRows(page)).events
      .map(({ raw }) => JSON.parse(raw))
      .filter((event) => event.type === `dev.countersign.${type}.v1`)
      .map((event) => event.data);
  try {
    const mia = await api('POST', '/v1/members', { name: 'Mia', email: '', role: 'reviewer' });
    const minted = await api('POST', `/v1/members/${mia.id}/tokens`, { label: 'laptop' });
    const page = await extension.open('options.html#people');
    await giveSettings(page, { syncEndpoint: collector.url, syncToken: minted.token });
    await expect(page.getByRole('group', { name: 'Your sign-in' })).toContainText(
      'Mia · Reviewer',
      SOON,
    );
    const policies = page.getByRole('region', { name: 'Policies' });

    await publish(1, { mode: 'advise', contentLevel: 'edits' }, 60 * MINUTE_MS);
    await expect(policies).toContainText("Version 1 of your team's policy is in force", SOON);
    const mode = page.getByLabel('Mode for new sites');
    await expect(mode).toHaveValue('advise');
    await expect(mode).toHaveAttribute('aria-disabled', 'true');
    expect(await events(page, 'policy.changed')).toMatchObject([
      { version: { before: 0, after: 1 }, keys: ['mode', 'contentLevel'] },
    ]);

    // A reviewer changes nothing that the team relies on, by no way in.
    await giveSettings(page, { mode: 'observe', contentDays: 1, textSize: 110 });
    await expect(page.getByText('only an admin of your team changes this')).toBeVisible();
    await expect(mode).toHaveValue('advise');
    expect((await events(page, 'config.changed')).map(({ key }) => key)).not.toContain(
      'contentDays',
    );

    // It expires although nobody says so.
    await publish(2, { mode: 'observe', contentLevel: 'full' }, 8_000);
    await expect(policies).toContainText('Version 2', SOON);
    await expect(mode).toHaveValue('observe');
    await expect(policies.getByRole('alert')).toContainText('the strictest rules hold', {
      timeout: 60_000,
    });
    await expect(mode).toHaveValue('enforce');
    await expect(page.getByText('Never the text of a draft, an edit or a note.')).toBeVisible();

    const { id } = minted.info;
    await api('DELETE', `/v1/tokens/${id}`);
    await expect(page.getByRole('group', { name: 'Your sign-in' })).toContainText(
      'Your access ended',
      { timeout: 60_000 },
    );
    const local = await page.evaluate(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: { storage: { local: { get(keys: null): Promise<unknown> } } };
      };
      return JSON.stringify(await chrome.storage.local.get(null));
    });
    expect(local).not.toContain(minted.token);
    // What was held stays held.
    await expect(mode).toHaveValue('enforce');
    expect((await events(page, 'config.changed')).at(-1)).toMatchObject({
      key: 'syncToken',
      how: 'collector',
    });
  } finally {
    await extension.close();
    await collector.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
