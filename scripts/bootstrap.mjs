// The door of `npm run demo` and `npm test`: gets packages and a browser, then hands over to Node 24.
// Plain JavaScript, because it must run on Node 20 with no packages installed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HELP as DEMO_HELP, readOptions } from './demo/options.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = 'test', ...rest] = process.argv.slice(2);
const say = (/** @type {string} */ line) => process.stdout.write(`  ${line}\n`);

const TEST_HELP = `Countersign's tests: types, lint, unit tests, then real Chromium, real editors, real apps

  npm test               all of them; what needs an app that is not installed is named and skipped
  npm test -- --install  installs those apps first (Debian's packages only as root)
  npm test -- WORD …     only the parts whose name has one of the words, e.g. lint, unit, Chromium
  npm test -- --help     this text`;

/**
 * What to print instead of running, '' to run. Asked first: nobody waits for a set-up to read a text.
 * @throws an Error that says what is wrong with the command line
 */
function helpFor() {
  if (task === 'demo') return readOptions(rest).help ? DEMO_HELP : '';
  return rest.includes('--help') ? TEST_HELP : '';
}

async function main() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    throw new Error(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  const help = helpFor();
  if (help !== '') {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  process.stdout.write('Setting up\n');
  const { ensurePackages } = await import('./lib/packages.mjs');
  await ensurePackages(root, say);
  const { ensureBrowser } = await import('./lib/browser.mjs');
  const { handOver } = await import('./lib/hand-over.mjs');
  const browser = await ensureBrowser(say);
  const script = join(root, 'scripts', `${task}.ts`);
  return handOver(root, [script, ...rest], { COUNTERSIGN_BROWSER: browser });
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
