// `npm run demo` after set-up: everything on loopback, for a person to try or played as a tour.
import { ensureBuild } from './demo/build.ts';
import { HELP, readOptions, type Options } from './demo/options.ts';
import { createPictures } from './demo/pictures.ts';
import { createSteps } from './demo/steps.ts';
import { playTour } from './demo/tour.ts';
import { openForPerson } from './demo/person.ts';
import { startWorld } from './demo/world.ts';

/** Words a second: as a model streams for a person, and for a tour that has no time to lose. */
const PACE = { person: 40, tour: 600 };

const say = (line: string) => {
  process.stdout.write(`${line}\n`);
};

async function main(options: Options): Promise<void> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  say('Starting');
  const built = await ensureBuild();
  say(`  ✓ extension ${built ? `built (${seconds()} s)` : 'as built before'}`);
  const { tour, headed } = options;
  const world = await startWorld({
    headed: headed || !tour,
    tokensPerSecond: tour ? PACE.tour : PACE.person,
    say: (line) => say(`  ✓ ${line}`),
  });
  const stop = (signal: NodeJS.Signals) => {
    process.exitCode = signal === 'SIGINT' ? 130 : 143;
    void world.close();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    if (!tour) {
      await openForPerson(world, say);
      return;
    }
    const steps = createSteps(say);
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
  // Ctrl+C takes the browser away under a running step: that is no failure.
  if (process.exitCode === undefined) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
