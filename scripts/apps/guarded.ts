import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { GuardJob } from './guard.ts';

/** An app process that ends, with all its helpers and its folder, when we end. */
export interface Guarded {
  /** Resolves when the app has ended, by itself or by `stop`. */
  readonly exited: Promise<void>;
  /** Ends the app and waits until its processes and its folder are gone. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** What to run; `folder` is removed at the end, so it must be one from `runFolder`. */
export type GuardedJob = GuardJob & {
  /** Answers with a status below 500 when the app is ready. */
  readonly readyUrl: string;
  /** In ms; fresh machines compile on the first start. */
  readonly readyWithin: number;
};

const GUARD = fileURLToPath(new URL('guard.ts', import.meta.url));
const POLL_MS = 50;

/** A new folder of our own under the system's temporary folder. */
export const runFolder = (name: string): Promise<string> =>
  mkdtemp(join(tmpdir(), `countersign-${name}-`));

/** A loopback port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
};

const isReady = async (url: string) => {
  try {
    const response = await fetch(url, { redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500;
  } catch (error) {
    // Fetch says "nobody listens yet" with a TypeError.
    if (error instanceof TypeError) return false;
    throw error;
  }
};

/**
 * Starts an app under the guard and waits until it answers.
 * @throws an Error with the end of the app's own output, when it ends or stays silent.
 */
export const startGuarded = async (job: GuardedJob): Promise<Guarded> => {
  const { readyUrl, readyWithin, ...told } = job;
  const guard = spawn(process.execPath, [GUARD, JSON.stringify(told)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl+C reaches the terminal's whole group: the guard must outlive it to clean up.
    detached: true,
  });
  const state = { running: true };
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      state.running = false;
      resolve();
    };
    guard.once('close', end);
    guard.once('error', end);
  });
  let lastWords = '';
  guard.stdout.setEncoding('utf8').on('data', (text: string) => {
    lastWords += text;
  });
  // A guard that is gone already needs no word from us.
  guard.stdin.once('error', () => undefined);
  const stop = () => {
    guard.stdin.end();
    return exited;
  };

  const deadline = performance.now() + readyWithin;
  while (state.running && performance.now() < deadline) {
    if (await isReady(readyUrl)) return { exited, stop };
    await Promise.race([exited, wait(POLL_MS)]);
  }
  const why = state.running ? `did not answer within ${readyWithin / 1000} s` : 'ended at once';
  await stop();
  throw new Error(`${job.command} ${why}. Its last words:\n${lastWords}`);
};
