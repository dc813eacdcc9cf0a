import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { APPS, APP_NAMES, available, ensureInstalled, installCommand } from './apps/catalog.ts';
import type { AppName } from './apps/catalog.ts';

// Exit status of a test that was skipped, as automake and Meson have it.
const SKIPPED = 77;

const USAGE = `Usage: npm run app -- NAME [--install] [--stop-after SECONDS]
  NAME  ${APP_NAMES.join(' | ')}`;

const say = (line: string) => console.log(line);

const read = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { install: { type: 'boolean' }, 'stop-after': { type: 'string' } },
  });
  const name = APP_NAMES.find((each) => each === positionals[0]);
  const seconds = values['stop-after'] === undefined ? null : Number(values['stop-after']);
  if (name === undefined || positionals.length > 1 || !(seconds === null || seconds >= 0))
    throw new Error(USAGE);
  return { name, seconds, install: values.install === true || process.env['CI'] === 'true' };
};

const run = async (name: AppName, seconds: number | null) => {
  const app = await APPS[name].tryOut();
  for (const line of app.lines) say(line);
  say(seconds === null ? 'Ctrl+C stops it.' : `It stops after ${seconds} s.`);
  const signals = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((each) => once(process, each));
  await Promise.race(seconds === null ? signals : [...signals, wait(seconds * 1000)]);
  await app.stop();
};

const main = async (): Promise<number> => {
  const { name, seconds, install } = read();
  if (install) await ensureInstalled(name, say);
  const state = await available(name);
  if (!state.ok) {
    say(`skipped: ${state.why} To install it: ${installCommand(name)}`);
    return SKIPPED;
  }
  await run(name, seconds);
  return 0;
};

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
