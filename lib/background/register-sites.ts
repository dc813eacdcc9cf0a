import { browser } from '../platform/browser.ts';
import type { Settings } from '../settings/catalog.ts';
import { parseSiteEntry } from '../settings/site-entry.ts';
import { modeOf } from './active-site.ts';
import { createSerial } from './serial.ts';

const TAP = 'countersign-tap';
const PAGE = 'countersign-page';
const ENFORCED = 'countersign-enforced';

const patternsOf = (entries: readonly string[]) =>
  entries.flatMap((entry) => parseSiteEntry(entry)?.patterns ?? []);

/** Match patterns of the chosen sites for which Chrome's permission is there. */
export async function grantedPatterns(settings: Settings): Promise<string[]> {
  const wanted = patternsOf(settings.sites);
  const granted: string[] = [];
  for (const pattern of new Set(wanted))
    if (await browser.permissions.contains({ origins: [pattern] })) granted.push(pattern);
  return granted;
}

const inTurn = createSerial();

/**
 * Makes the registered content scripts those of the chosen and permitted sites. Run at every start: an
 * update clears registrations, and permissions may be taken back while the worker sleeps. One run at a
 * time, each with the settings of its own moment: two that cross would register one id twice.
 */
export function registerSites(settings: () => Promise<Settings>): Promise<void> {
  return inTurn('sites', async () => register(await settings()));
}

async function register(settings: Settings): Promise<void> {
  const matches = await grantedPatterns(settings);
  const enforced = new Set(
    patternsOf(settings.sites.filter((one) => modeOf(settings, one) === 'enforce')),
  );
  const wanted = [
    { id: TAP, js: ['content-scripts/tap.js'], world: 'MAIN' as const, matches },
    { id: PAGE, js: ['page.js'], matches },
    { id: ENFORCED, js: ['enforced.js'], matches: matches.filter((one) => enforced.has(one)) },
  ]
    .filter((script) => script.matches.length > 0)
    .map((script) => ({
      ...script,
      runAt: 'document_start' as const,
      allFrames: true,
      matchOriginAsFallback: true,
      persistAcrossSessions: true,
    }));
  const registered = await browser.scripting.getRegisteredContentScripts();
  const stands = (id: string) => registered.find((one) => one.id === id);
  const missing = wanted.filter(({ id }) => stands(id) === undefined);
  const changed = wanted.filter(({ id, matches: patterns }) => {
    const now = stands(id);
    return now !== undefined && sorted(now.matches ?? []) !== sorted(patterns);
  });
  const stale = registered.map(({ id }) => id).filter((id) => wanted.every((one) => one.id !== id));
  if (stale.length > 0) await browser.scripting.unregisterContentScripts({ ids: stale });
  // Not taken away and put back: a page that loads in between would have neither tap nor gate.
  if (changed.length > 0) await browser.scripting.updateContentScripts(changed);
  if (missing.length > 0) await browser.scripting.registerContentScripts(missing);
  if ([...missing, ...changed].some(({ id }) => id === PAGE)) await watchOpenTabs(matches);
}

const sorted = (patterns: readonly string[]) => [...patterns].sort().join();

/**
 * Starts the page runtime in tabs that were open before; it says there that a reload is needed, because
 * what the page fetched so far was not seen.
 */
async function watchOpenTabs(matches: string[]): Promise<void> {
  for (const tab of await browser.tabs.query({ url: matches })) {
    if (tab.id === undefined || tab.discarded) continue;
    try {
      await browser.scripting.executeScript({
        target: { tabId: tab.id, allFrames: true },
        files: ['/page.js' as const],
        injectImmediately: true,
      });
    } catch (error) {
      // A tab may close or show an error page meanwhile; it is covered when it loads again.
      if (!(error instanceof Error)) throw error;
    }
  }
}
