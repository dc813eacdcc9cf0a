// Runs one app in its own process group and ends the whole group when the pipe from our parent
// closes: that happens however the parent dies, SIGKILL included, where no handler could run.
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';

const job = z.object({
  command: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  /** Working folder and home of the app; removed at the end. */
  folder: z.string(),
  uid: z.optional(z.number()),
  gid: z.optional(z.number()),
});

/** What the guard is told on its command line, as JSON. */
export type GuardJob = z.infer<typeof job>;

// An app that does not end by itself in this time is killed.
const GRACE_MS = 2000;
// The end of the app's output that we hand on; what it says before it fails is there.
const TAIL = 2000;

const signalGroup = (pid: number, signal: NodeJS.Signals) => {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
};

const guard = async (given: GuardJob): Promise<number> => {
  const child = spawn(given.command, given.args, {
    cwd: given.folder,
    env: given.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group, so that workers and helpers of the app end with it.
    detached: true,
    ...(given.uid === undefined ? {} : { uid: given.uid }),
    ...(given.gid === undefined ? {} : { gid: given.gid }),
  });
  let tail = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL);
    });
  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      tail += error.message;
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const told = new Promise<void>((resolve) => {
    process.stdin.resume().once('end', resolve).once('error', resolve);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  await Promise.race([exited, told]);
  if (child.pid !== undefined) {
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([exited, wait(GRACE_MS)]);
    signalGroup(child.pid, 'SIGKILL');
  }
  const code = await exited;
  // Workers that die this instant may still write: try again.
  await rm(given.folder, { recursive: true, force: true, maxRetries: 5 });
  // Nobody listens when our parent is dead: that is no error.
  process.stdout.once('error', () => undefined);
  await new Promise<void>((resolve) => process.stdout.write(tail, () => resolve()));
  return code;
};

process.exit(await guard(job.parse(JSON.parse(process.argv[2] ?? ''))));
