import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { CLIENT, startProvider } from '../collector/oidc-provider.ts';
import { startProcess } from '../collector/process.ts';
import { readRows } from './support/database.ts';
import { startExtension } from './support/extension.ts';
import { inWindow } from './support/sign-in.ts';

const API = (url: string, token: string) => ({
  async post(path: string, body: unknown) {
    const headers = {
      Authorization: `Bearer ${token}`,
      'Countersign-Protocol': '1',
      'Content-Type': 'application/json',
    };
    return fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  },
});

/** All that the browser keeps of the extension, as text. */
const kept = (page: Page, area: 'local' | 'session' | 'sync') =>
  page.evaluate(async (name) => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: Record<string, { get(keys: null): Promise<unknown> }> };
    };
    return JSON.stringify(await chrome.storage[name]?.get(null));
  }, area);

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);

test('a person signs in in Chrome’s own window, sends in their name, and signs out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sign-in-'));
  const extension = await startExtension();
  const provider = await startProvider({
    redirectUris: [`https://${extension.id}.chromiumapp.org/sign-in`],
    accounts: {
      ada: { email: 'ada@desk.example', email_verified: true, name: 'Ada' },
      eve: { email: 'eve@else.example', email_verified: true, name: 'Eve' },
    },
  });
  process.env['OIDC_ISSUER'] = provider.issuer;
  process.env['OIDC_AUDIENCE'] = CLIENT;
  const collector = await startProcess({ folder, databaseUrl: '', isFirst: true });
  try {
    const api = API(collector.url, collector.token);
    const ada = { name: 'Ada Lind', email: 'ada@desk.example', role: 'admin' };
    expect((await api.post('/v1/members', ada)).status).toBe(201);
    await extension.importSettings({ syncEndpoint: collector.url });
    const page = await extension.open('options.html#people');
    const own = page.getByRole('group', { name: 'Your sign-in' });
    const button = own.getByRole('button', { name: /^Sign in with 127\.0\.0\.1/ });
    await expect(own).toContainText('Nobody is signed in');

    // Whom the provider knows and the collector does not: said, and nothing kept.
    await button.click();
    await inWindow(extension, provider.issuer, 'eve');
    await expect(own.getByRole('alert')).toContainText('the collector has no member');
    expect(await kept(page, 'session')).not.toContain('bearer');
    await extension.context.clearCookies();

    await button.click();
    await inWindow(extension, provider.issuer, 'ada');
    await expect(own).toContainText('Signed in as Ada Lind · ada@desk.example · Admin');

    // What was recorded goes there in their name.
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expect
      .poll(async () => {
        const { events } = await readRows(page);
        const [{ logid } = { logid: '' }] = events.map(({ raw }) => ({
          logid: String(JSON.parse(raw).source).replace('urn:uuid:', ''),
        }));
        const reply = await fetch(`${collector.url}/v1/logs/${logid}`, {
          headers: { Authorization: `Bearer ${collector.token}`, 'Countersign-Protocol': '1' },
        });
        return (await reply.json())?.head?.seq;
      })
      .toBe((await readRows(page)).events.length - 1);

    // An administrator adds somebody, gives them a token and ends their access.
    const add = page.getByRole('form', { name: 'Add person' });
    await add.getByLabel('Name of the person').fill('Ben');
    await add.getByLabel('Email address').fill('ben@desk.example');
    await add.getByRole('button', { name: 'Add person' }).click();
    const ben = page.getByRole('listitem').filter({ hasText: 'ben@desk.example' });
    await ben.getByRole('combobox', { name: 'Role of Ben' }).selectOption('lead');
    await ben.getByRole('button', { name: 'Tokens of Ben' }).click();
    await ben.getByLabel('For which device').fill('laptop');
    await ben.getByRole('button', { name: 'Make token' }).click();
    const token = (await ben.locator('code').textContent()) ?? '';
    const me = async () => {
      const headers = { Authorization: `Bearer ${token}`, 'Countersign-Protocol': '1' };
      const reply = await fetch(`${collector.url}/v1/me`, { headers });
      return reply.status === 200 ? (await reply.json()).role : reply.status;
    };
    expect(await me()).toBe('lead');
    await ben.getByRole('button', { name: 'Revoke token laptop' }).click();
    await expect(ben).toContainText('revoked');
    expect(await me()).toBe(401);
    await ben.getByRole('button', { name: 'End access of Ben' }).click();
    await expect(ben).toContainText('access ended');
    await page.getByRole('button', { name: 'End access of Admin' }).click();
    await page.getByRole('button', { name: 'End access of Ada Lind' }).click();
    await expect(own.getByRole('alert')).toContainText('This is the last admin');

    // The canary: tokens are in memory, and nowhere else.
    const session = JSON.parse(await kept(page, 'session')).signIn.tokens;
    const secrets: string[] = [session.bearer.split('.')[2], session.refresh];
    expect(secrets.every((secret) => secret.length > 20)).toBe(true);
    const rows = JSON.stringify(await readRows(page));
    const text = [rows, await kept(page, 'local'), await kept(page, 'sync'), await page.content()];
    for (const secret of secrets) expect(text.join()).not.toContain(secret);
    const { profile } = extension;
    let read = 0;
    for (const file of filesOf(profile)) {
      const bytes = readFileSync(file);
      read += 1;
      for (const secret of secrets)
        expect(bytes.includes(secret), file.slice(profile.length)).toBe(false);
    }
    expect(read).toBeGreaterThan(20);

    // A worker that was killed knows who is signed in; signing out ends that at the provider too.
    await extension.killWorker();
    await page.reload();
    await expect(own).toContainText('Signed in as Ada Lind');
    provider.asked.length = 0;
    await own.getByRole('button', { name: 'Sign out' }).click();
    await expect(own).toContainText('Signed out. The tokens are no good any more');
    expect(await kept(page, 'session')).not.toContain('bearer');
    expect(provider.asked).toContain('POST /token/revocation');

    // A browser that was closed has forgotten the tokens, and asks the provider unseen.
    await button.click();
    await inWindow(extension, provider.issuer, 'ada');
    await expect(own).toContainText('Signed in as Ada Lind');
    await page.evaluate(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: { storage: { session: { clear(): Promise<void> } } };
      };
      await chrome.storage.session.clear();
    });
    await page.reload();
    await expect(own).toContainText('Signed in as Ada Lind');
    const { events } = await readRows(page);
    const acts = events
      .filter(({ type }) => type.startsWith('signin.'))
      .sort((one, other) => one.seq - other.seq)
      .map(({ type, raw }) => [type, JSON.parse(raw).data.why]);
    expect(acts).toEqual([
      ['signin.started', 'person'],
      ['signin.ended', 'person'],
      ['signin.started', 'person'],
      ['signin.started', 'silent'],
    ]);
  } finally {
    delete process.env['OIDC_ISSUER'];
    delete process.env['OIDC_AUDIENCE'];
    await extension.close();
    await collector.end('SIGTERM');
    await provider.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
