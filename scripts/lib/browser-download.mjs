// Plain JavaScript: it runs on Node 20.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runWatched } from './run-watched.mjs';

/** How long the download may take to begin, and in all, in milliseconds. */
const BEGIN_MS = 60_000;
const WHOLE_MS = 15 * 60_000;

/** Playwright's progress where its output is no terminal, e.g. `|■■■   |  30% of 171.9 MiB`. */
const PROGRESS = /\|\s*(\d+)% of ([\d.]+ MiB)/;

/**
 * Playwright's own Chromium, when it was downloaded before.
 * @returns {Promise<string | null>}
 */
export async function playwrightBrowser() {
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
 * Downloads Playwright's Chromium. Gives up after a minute in which nothing came.
 * @param {(line: string) => void} say gets the progress
 * @returns {Promise<string>} '' when it is there, else why not, in a few words
 */
export async function downloadBrowser(say) {
  const home = dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json'));
  const giveUp = new AbortController();
  const whole = setTimeout(() => giveUp.abort(), WHOLE_MS);
  const begin = setTimeout(() => giveUp.abort(), BEGIN_MS);
  try {
    // The browser without window that it brings as well is of no use here: it loads no extensions.
    const args = [join(home, 'cli.js'), 'install', '--no-shell', 'chromium'];
    const { status, lines } = await runWatched(process.execPath, args, {
      cwd: home,
      signal: giveUp.signal,
      onLine: (line) => {
        const progress = PROGRESS.exec(line);
        if (progress === null) return;
        clearTimeout(begin);
        say(`browser: ${progress[1]} % of ${progress[2]}`);
      },
    });
    if (status === 0) return '';
    if (giveUp.signal.aborted) return 'it took too long';
    const why = lines.map((line) => /^Error: (.*)$/.exec(line)?.[1]).find(Boolean);
    return why ?? lines.at(-1) ?? `status ${status}`;
  } finally {
    clearTimeout(whole);
    clearTimeout(begin);
  }
}
