// The door of `npm run demo` and `npm test`: gets packages and a browser, then hands over to Node 24.
// Plain JavaScript, because it must run on Node 20 with no packages installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = 'test', ...rest] = process.argv.slice(2);
const say = (/** @type {string} */ line) => process.stdout.write(`  ${line}\n`);

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (result.error !== undefined) throw result.error;
  return result.status ?? 1;
}

/** `npm ci` when the lock file is not the one that node_modules was made from. */
function ensurePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.countersign-lock');
  // npm's own note of what it installed, newer than the lock file: somebody ran `npm ci` by hand.
  const note = join(root, 'node_modules', '.package-lock.json');
  const byHand =
    !existsSync(stamp) &&
    existsSync(note) &&
    statSync(note).mtimeMs > statSync(join(root, 'package-lock.json')).mtimeMs;
  if (byHand || (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock)) {
    if (byHand) writeFileSync(stamp, lock);
    say('packages: as in the lock file');
    return;
  }
  say('packages: installing (npm ci; a minute or two the first time)');
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0)
    throw new Error(
      'npm ci failed. Check the network and the message above, then run the command again.',
    );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

async function main() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    throw new Error(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  process.stdout.write('Setting up\n');
  ensurePackages();
  const { ensureBrowser } = await import('./lib/browser.mjs');
  process.env['COUNTERSIGN_BROWSER'] = await ensureBrowser(say);
  return run('npm', ['run', '--silent', `${task}:run`, '--', ...rest]);
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
