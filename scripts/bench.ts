// `npm run bench`: speed and size on this machine, beside their targets. Prints; never asserts.
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchBundles } from '../tests/bench/bundles.ts';
import { benchCollector } from '../tests/bench/collector.ts';
import { benchHistory } from '../tests/bench/history.ts';
import { benchRecord } from '../tests/bench/record.ts';
import { benchSync } from '../tests/bench/sync.ts';
import { benchStory } from '../tests/bench/story.ts';
import { benchStreaming } from '../tests/bench/streaming.ts';
import { benchTyping } from '../tests/bench/typing.ts';
import { ensureBuilds } from '../tests/bench/builds.ts';
import { toMarkdown, type Part } from '../tests/bench/report.ts';
import type { Size } from '../tests/bench/options.ts';

const HELP = `npm run bench -- [PART …] [--quick] [--long] [--json FILE]

  PART         only these: PARTS
  --quick      fewer rounds: a look while working, not a measurement
  --long       History and Verify also at a million events (half an hour more)
  --json FILE  writes the same numbers as JSON

COUNTERSIGN_BUILD names a folder with a build for tests to measure in place of a fresh one.`;

const PARTS: Readonly<Record<string, (size: Size) => Promise<Part>>> = {
  streaming: benchStreaming,
  story: benchStory,
  record: benchRecord,
  history: benchHistory,
  typing: benchTyping,
  collector: benchCollector,
  sync: benchSync,
  bundles: benchBundles,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const names = Object.keys(PARTS);
const unknown = positionals.filter((name) => !names.includes(name));
if (values.help || unknown.length > 0) {
  for (const name of unknown) process.stderr.write(`There is no part ${name}.\n`);
  process.stdout.write(`${HELP.replace('PARTS', names.join(', '))}\n`);
  process.exit(values.help ? 0 : 2);
}

const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(', ');
const say = (line: string) => process.stderr.write(`  ${line}\n`);

ensureBuilds(say);
const size: Size = { quick: values.quick, long: values.long };
const parts: Part[] = [];
const failed: string[] = [];
const machine = {
  date: new Date().toISOString(),
  node: process.version,
  cpu: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  load: load(),
  quick: size.quick,
};
process.stdout.write(
  `${machine.date}, Node ${machine.node}, ${machine.cpu}, ${machine.memoryGiB} GiB, ` +
    `load ${machine.load} (1, 5, 15 minutes)${size.quick ? '; a quick run' : ''}\n\n`,
);
// A browser closes itself on SIGTERM: the part under way then fails and clears up, the others are left out.
let isStopping = false;
process.once('SIGTERM', () => {
  isStopping = true;
});
for (const name of positionals.length > 0 ? positionals : names) {
  if (isStopping) break;
  const started = performance.now();
  const before = load();
  try {
    const part = await PARTS[name]?.(size);
    if (part === undefined) continue;
    part.notes.push(`Load before and after: ${before}; ${load()}.`);
    parts.push(part);
    process.stdout.write(`${toMarkdown(part)}\n`);
    say(`${name}: ${Math.round((performance.now() - started) / 1000)} s`);
  } catch (error) {
    failed.push(name);
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(`${name} could not run: ${words}`);
  }
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine, parts }, null, 2)}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
