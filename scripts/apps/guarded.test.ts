import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { freePort, runFolder, startGuarded } from './guarded.ts';

const NODE = process.execPath;
const PATIENT = { timeout: 30_000 };

/** A server with a helper process; it answers with the helper's id. */
const appSource = (port: number) => `
  const helper = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  require('node:http').createServer((_, response) => response.end(String(helper.pid))).listen(${port}, '127.0.0.1');
`;

const job = async (source: (port: number) => string) => {
  const port = await freePort();
  return {
    command: NODE,
    args: ['-e', source(port)],
    env: {},
    folder: await runFolder('guard-test'),
    readyUrl: `http://127.0.0.1:${port}/`,
    readyWithin: 30_000,
  };
};

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
};

const helperOf = async (url: string) => Number(await (await fetch(url)).text());

it('stops the app with its helpers and removes its folder', async () => {
  const given = await job(appSource);
  const app = await startGuarded(given);
  const helper = await helperOf(given.readyUrl);
  expect(isAlive(helper)).toBe(true);
  expect(existsSync(given.folder)).toBe(true);
  await app.stop();
  await expect.poll(() => isAlive(helper), PATIENT).toBe(false);
  expect(existsSync(given.folder)).toBe(false);
  await expect(fetch(given.readyUrl)).rejects.toThrow();
});

it('leaves nothing behind when its parent is killed without warning', async () => {
  const given = await job(appSource);
  const guarded = JSON.stringify(fileURLToPath(new URL('guarded.ts', import.meta.url)));
  const parent = spawn(NODE, [
    '--input-type=module',
    '-e',
    `const { startGuarded } = await import(${guarded});
     await startGuarded(${JSON.stringify(given)});
     console.log('ready');
     setInterval(() => {}, 1000);`,
  ]);
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  const helper = await helperOf(given.readyUrl);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(helper), PATIENT).toBe(false);
  await expect.poll(() => existsSync(given.folder), PATIENT).toBe(false);
});

it('hands on the last words of an app that does not start', async () => {
  const given = await job(() => 'console.error("no such database"); process.exit(3)');
  await expect(startGuarded(given)).rejects.toThrow('no such database');
  expect(existsSync(given.folder)).toBe(false);
  const none = { ...(await job(() => '')), command: join(given.folder, 'no-such-program') };
  await expect(startGuarded(none)).rejects.toThrow('no-such-program');
});
