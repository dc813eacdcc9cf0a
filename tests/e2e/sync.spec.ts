import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startProcess, type CollectorProcess } from '../collector/process.ts';
import { startExtension, type Extension } from './support/extension.ts';

/** What a page of the extension reads of its own database and alarms. */
async function sending(extension: Extension) {
  const page = await extension.open('options.html');
  const found = await page.evaluate(
    () =>
      new Promise<{ heads: { logid: string; seq: number }[]; acked: number[]; receipts: number }>(
        (resolve, reject) => {
          const request = indexedDB.open('countersign');
          request.onerror = () => reject(new Error('no database'));
          request.onsuccess = () => {
            const db = request.result;
            const tx = db.transaction(['heads', 'cursors', 'receipts']);
            const heads = tx.objectStore('heads').getAll();
            const cursors = tx.objectStore('cursors').getAll();
            const receipts = tx.objectStore('receipts').count();
            tx.oncomplete = () => {
              db.close();
              resolve({
                heads: heads.result,
                acked: cursors.result.map((row: { ackedSeq: number }) => row.ackedSeq),
                receipts: receipts.result,
              });
            };
          };
        },
      ),
  );
  await page.close();
  const worker = await extension.worker();
  const alarms = await worker.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { alarms: { getAll(): Promise<{ name: string }[]> } };
    };
    return chrome.alarms.getAll();
  });
  return { ...found, alarms: alarms.map((alarm) => alarm.name) };
}

test('endpoint: tested by receipt, sent to, gone and killed in between, nothing lost', async () => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sync-'));
  let collector: CollectorProcess = await startProcess({
    folder,
    databaseUrl: '',
    isFirst: true,
  });
  const { token } = collector;
  const extension = await startExtension();
  try {
    const page = await extension.open('options.html');
    const steps = page.getByRole('list', { name: 'Connection test' });
    const tryIt = async (url: string, as: string) => {
      await page.getByLabel('URL', { exact: true }).fill(url);
      await page.getByLabel('Token', { exact: true }).fill(as);
      await page.getByRole('button', { name: 'Test connection' }).click();
      await expect(page.getByText('Testing the connection')).toHaveCount(0);
      await steps.waitFor();
    };
    await tryIt(collector.url, `${token}x`);
    await expect(steps.getByRole('listitem').last()).toContainText('Token accepted: failed');
    await tryIt(collector.url, token);
    await expect(steps.getByRole('listitem').last()).toContainText('Test code returned: passed');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect
      .poll(async () => {
        const { heads, acked } = await sending(extension);
        return heads.length > 0 && acked[0] === heads[0]?.seq;
      })
      .toBe(true);
    expect((await sending(extension)).receipts).toBeGreaterThan(0);
    // The run ends a moment after its last answer: then nothing is waited for any more.
    await expect.poll(async () => (await sending(extension)).alarms).not.toContain('sync');

    // The collector goes; what is recorded now waits, and an alarm stands for it.
    const { url } = collector;
    expect(await collector.end('SIGTERM')).toBe(0);
    await extension.importSettings({ reviewerName: 'Mia' });
    await expect.poll(async () => (await sending(extension)).alarms).toContain('sync');
    await extension.killWorker();

    // It comes back elsewhere with the same data: another address is told the whole history.
    collector = await startProcess({ folder, databaseUrl: '', isFirst: false });
    expect(collector.url).not.toBe(url);
    await extension.importSettings({ syncEndpoint: collector.url, syncToken: token });
    await expect
      .poll(async () => {
        const { heads, acked } = await sending(extension);
        return acked[0] === heads[0]?.seq;
      })
      .toBe(true);
    const last = await sending(extension);
    const [head] = last.heads;
    await expect.poll(async () => (await sending(extension)).alarms).not.toContain('sync');
    const reply = await fetch(`${collector.url}/v1/logs/${head?.logid}`, {
      headers: { Authorization: `Bearer ${token}`, 'Countersign-Protocol': '1' },
    });
    expect(await reply.json()).toMatchObject({ head: { seq: head?.seq } });
  } finally {
    await extension.close();
    await collector.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
