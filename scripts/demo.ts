// `npm run demo` after set-up: everything on loopback, for a person to try or played as a tour.
import { ensureBuild } from './demo/build.ts';
import { HELP, readOptions } from './demo/options.mjs';
import { createPictures } from './demo/pictures.ts';
import { createSteps } from './demo/steps.ts';
import { playTour } from './demo/tour.ts';
import { useOwnFolder } from './demo/own-folder.ts';
import { openForPerson } from './demo/person.ts';
import { startWorld, type World } from './demo/world.ts';

/** Words a second: as a model streams for a person, and for a tour that has no time to lose. */
const PACE = { person: 40, tour: 600 };

/** How long closing may take after Ctrl+C, in milliseconds. */
const GRACE_MS = 4000;

const say = (line: string) => {
  process.stdout.write(`${line}\n`);
};

/** Set by Ctrl+C: what fails from then on fails because the browser was taken away. */
let stopped = false;

async function main(options: ReturnType<typeof readOptions>): Promise<void> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  let world: World | null = null;
  const stop = (signal: NodeJS.Signals) => {
    stopped = true;
    process.exitCode = signal === 'SIGINT' ? 130 : 143;
    void world?.close();
    // Playwright ends the browser at the same signal, and closing it then may never be answered.
    setTimeout(() => process.exit(), GRACE_MS).unref();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  useOwnFolder();
  say('Starting');
  const built = await ensureBuild();
  say(`  ✓ extension ${built ? `built (${seconds()} s)` : 'as built before'}`);
  const { tour, headed } = options;
  world = await startWorld({
    headed: headed || !tour,
    tokensPerSecond: tour ? PACE.tour : PACE.person,
    say: (line) => say(`  ✓ ${line}`),
  });
  try {
    if (stopped) return;
    if (!tour) {
      await openForPerson(world, say);
      return;
    }
    // A step that Ctrl+C ended is not told as a false one.
    const steps = createSteps((line) => {
      if (!stopped) say(line);
    });
    const pictures = createPictures(options.pictures);
    await playTour(world, steps, pictures);
    for (const picture of pictures.written) say(`  ${picture}`);
    say(`\n${steps.passed()} steps, all as told (${seconds()} s)`);
  } finally {
    await world.close();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) say(HELP);
  else await main(options);
} catch (error) {
  if (!stopped) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
