// Plain JavaScript: it runs before any package is there, on Node 20.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runWatched } from './run-watched.mjs';

/** How often the count of installed packages is printed, in milliseconds. */
const TELL_MS = 10_000;

/** What npm calls its failures when it cannot reach the registry. */
const NETWORK =
  /^npm error code (EAI_AGAIN|ENOTFOUND|ECONN\w+|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)$/;

/** npm takes two minutes to say that there is no network; three tries in a few seconds will do. */
const TRIES = [
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=10000',
];

/**
 * A file of each package that `npm ci` installs on every system; the optional ones differ.
 * @param {string} root
 * @returns {string[]}
 */
function filesOf(root) {
  /** @type {{ packages: Record<string, { optional?: boolean }> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([folder, { optional }]) => folder !== '' && optional !== true)
    .map(([folder]) => join(root, folder, 'package.json'));
}

/**
 * @param {string} root
 * @param {(line: string) => void} say
 */
async function install(root, say) {
  const files = filesOf(root);
  const telling = setInterval(() => {
    say(`packages: ${files.filter((file) => existsSync(file)).length} of ${files.length}`);
  }, TELL_MS);
  try {
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...TRIES];
    return await runWatched('npm', args, { cwd: root });
  } finally {
    clearInterval(telling);
  }
}

/**
 * Runs `npm ci` when the lock file is not the one that node_modules was made from.
 * @param {string} root the folder of the checkout
 * @param {(line: string) => void} say
 * @throws an Error that says what a person can do
 */
export async function ensurePackages(root, say) {
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
  say('packages: installing with npm ci, a minute or two the first time');
  const { status, lines } = await install(root, say);
  if (status !== 0) {
    const network = lines.map((line) => NETWORK.exec(line)?.[1]).find((code) => code !== undefined);
    throw new Error(
      network === undefined
        ? `${lines.join('\n')}\n\nnpm ci failed; see above. Then run the command again.`
        : `The npm packages could not be fetched: no connection to the registry (${network}). Check the network and npm's registry and proxy settings, then run the command again.`,
    );
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
  say('packages: installed');
}
