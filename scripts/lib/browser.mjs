// Plain JavaScript: it runs before any package is there, on Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { downloadBrowser, playwrightBrowser } from './browser-download.mjs';
import { aptInstall, isRootOnDebian } from './debian.mjs';
import { allOnPath, onPath } from './on-path.mjs';

// Who needs a browser may need a Debian package as well: one door for both.
export { aptInstall, isRootOnDebian };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-for-testing', 'chrome-for-testing'];

/** Chromes of this name ignore --load-extension since 137, so they are of no use here. */
const BRANDED = ['google-chrome', 'google-chrome-stable'];

/** Those that could be used, best first; `COUNTERSIGN_BROWSER` leaves no other choice. */
async function candidates() {
  const asked = process.env['COUNTERSIGN_BROWSER'];
  if (asked !== undefined && asked !== '') {
    if (!existsSync(asked))
      throw new Error(`COUNTERSIGN_BROWSER names ${asked}, but there is no such file.`);
    return [asked];
  }
  const downloaded = await playwrightBrowser();
  return [...allOnPath(NAMES), ...(downloaded === null ? [] : [downloaded])];
}

/**
 * A Chromium that loads unpacked extensions: `COUNTERSIGN_BROWSER`, then one on the PATH, then
 * Playwright's. Null when there is none.
 * @returns {Promise<string | null>}
 */
export async function findBrowser() {
  return (await candidates())[0] ?? null;
}

/**
 * Why a browser does not start, '' when it does: libraries may be missing, or it is only a stub that
 * says what to install. Asked on Linux only; elsewhere `--version` may open a window.
 * @param {string} file
 */
function whyNotStarting(file) {
  if (process.platform !== 'linux') return '';
  const { status, stderr, stdout } = spawnSync(file, ['--version'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status === 0) return '';
  const words = `${stderr ?? ''}\n${stdout ?? ''}`.trim().split('\n')[0];
  return words === undefined || words === '' ? `status ${status}` : words;
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>} the first that starts
 */
async function firstThatStarts(say) {
  for (const file of await candidates()) {
    const why = whyNotStarting(file);
    if (why === '') {
      say(`browser: ${file}`);
      return file;
    }
    say(`browser: ${file} does not start (${why})`);
  }
  return null;
}

function sentence() {
  const branded = onPath(BRANDED);
  return `There is no Chromium to use. Install Chromium (Debian: sudo apt-get install chromium) or Chrome for Testing, or set COUNTERSIGN_BROWSER to its path, then run the command again.${
    branded === null ? '' : ` (${branded} does not load unpacked extensions from the command line.)`
  }`;
}

/**
 * A browser, got if need be: found, else Playwright's download, else Debian's package as root.
 * @param {(line: string) => void} say
 * @returns {Promise<string>} the path of the browser
 * @throws an Error that says how to get one
 */
export async function ensureBrowser(say) {
  const found = await firstThatStarts(say);
  if (found !== null) return found;
  if (process.env['COUNTERSIGN_BROWSER']) throw new Error(sentence());
  say("browser: none to use here; downloading Playwright's Chromium");
  const why = await downloadBrowser(say);
  if (why !== '') say(`browser: the download failed (${why})`);
  const downloaded = why === '' ? await firstThatStarts(say) : null;
  if (downloaded !== null) return downloaded;
  if (isRootOnDebian()) {
    say("browser: installing Debian's chromium package with apt-get, as root (about a minute)");
    try {
      aptInstall(['chromium']);
    } catch (error) {
      say(`browser: ${error instanceof Error ? error.message : String(error)}`);
    }
    const installed = await firstThatStarts(say);
    if (installed !== null) return installed;
  }
  throw new Error(sentence());
}
