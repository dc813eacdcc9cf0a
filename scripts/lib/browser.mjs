// Plain JavaScript: it runs before any package is there, on Node 20.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-for-testing', 'chrome-for-testing'];

/** Chromes of this name ignore --load-extension since 137, so they are of no use here. */
const BRANDED = ['google-chrome', 'google-chrome-stable'];

/** @param {readonly string[]} names */
function onPath(names) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter))
    for (const name of names) {
      const file = join(folder, name);
      if (folder !== '' && existsSync(file)) return file;
    }
  return null;
}

/** Playwright's own Chromium, when it was downloaded before. */
async function playwrightBrowser() {
  try {
    const { chromium } = await import('@playwright/test');
    const file = chromium.executablePath();
    return existsSync(file) ? file : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      return null;
    throw error;
  }
}

/**
 * A Chromium that loads unpacked extensions: `COUNTERSIGN_BROWSER`, then one on the PATH, then
 * Playwright's. Null when there is none.
 * @returns {Promise<string | null>}
 */
export async function findBrowser() {
  const asked = process.env['COUNTERSIGN_BROWSER'];
  if (asked !== undefined && asked !== '') {
    if (!existsSync(asked))
      throw new Error(`COUNTERSIGN_BROWSER names ${asked}, but there is no such file.`);
    return asked;
  }
  return onPath(NAMES) ?? (await playwrightBrowser());
}

/** True as root on a system with Debian's package tool. */
export function isRootOnDebian() {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath(['apt-get']) !== null
  );
}

/**
 * Installs Debian packages, progress on the terminal. Only called as root.
 * @param {readonly string[]} packages
 */
export function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y'];
  execFileSync('apt-get', [...wait, 'update'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  execFileSync('apt-get', [...wait, 'install', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
}

/**
 * A browser, got if need be: found, else Playwright's download, else Debian's package as root.
 * @param {(line: string) => void} say
 * @returns {Promise<string>} the path of the browser
 * @throws an Error that says how to get one
 */
export async function ensureBrowser(say) {
  const found = await findBrowser();
  if (found !== null) {
    say(`browser: ${found}`);
    return found;
  }
  say("browser: none found; downloading Playwright's Chromium");
  const download = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 300_000,
  });
  const downloaded = download.status === 0 ? await playwrightBrowser() : null;
  if (downloaded !== null) return downloaded;
  if (isRootOnDebian()) {
    say("browser: the download failed; installing Debian's chromium package with apt-get, as root");
    aptInstall(['chromium']);
    const installed = onPath(NAMES);
    if (installed !== null) return installed;
  }
  const branded = onPath(BRANDED);
  throw new Error(
    `No Chromium could be had. Install Chromium (Debian: sudo apt-get install chromium) or Chrome for Testing, or set COUNTERSIGN_BROWSER to its path, then run the command again.${
      branded === null
        ? ''
        : ` (${branded} does not load unpacked extensions from the command line.)`
    }`,
  );
}
