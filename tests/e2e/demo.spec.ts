import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');

/** The demo as its command runs it, its temporary files in a folder of ours. */
function startDemo(folder: string, args: readonly string[]) {
  const child = spawn(process.execPath, ['scripts/demo.ts', ...args], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { said: () => said, ended, interrupt: () => child.kill('SIGINT') };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('the tour tells no false step and leaves nothing behind', async () => {
  test.setTimeout(300_000);
  await inFolder(async (folder) => {
    const demo = startDemo(folder, ['--tour']);
    expect(await demo.ended, demo.said()).toBe(0);
    expect(demo.said()).toMatch(/\d\d steps, all as told/);
    expect(demo.said()).toContain('✓ 4845 drawn at start');
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('Ctrl+C ends the demo and leaves nothing behind', async () => {
  test.setTimeout(120_000);
  await inFolder(async (folder) => {
    const demo = startDemo(folder, ['--tour']);
    await expect.poll(demo.said, { timeout: 90_000 }).toContain('Ticket 4821');
    demo.interrupt();
    expect(await demo.ended, demo.said()).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
