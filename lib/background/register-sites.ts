import { browser } from '../platform/browser.ts';
import type { Settings } from '../settings/catalog.ts';
import { parseSiteEntry } from '../settings/site-entry.ts';

const TAP = 'countersign-tap';
const PAGE = 'countersign-page';

/** Match patterns of the chosen sites for which Chrome's permission is there. */
export async function grantedPatterns(settings: Settings): Promise<string[]> {
  const wanted = settings.sites.flatMap((entry) => parseSiteEntry(entry)?.patterns ?? []);
  const granted: string[] = [];
  for (const pattern of new Set(wanted))
    if (await browser.permissions.contains({ origins: [pattern] })) granted.push(pattern);
  return granted;
}

/**
 * Makes the registered content scripts those of the chosen and permitted sites. Run at every start: an
 * update clears registrations, and permissions may be taken back while the worker sleeps.
 */
export async function registerSites(settings: Settings): Promise<void> {
  const matches = await grantedPatterns(settings);
  const registered = await browser.scripting.getRegisteredContentScripts();
  const same =
    registered.length === (matches.length === 0 ? 0 : 2) &&
    registered.every(
      (script) => [...(script.matches ?? [])].sort().join() === [...matches].sort().join(),
    );
  if (same) return;
  const ids = registered.map((script) => script.id);
  if (ids.length > 0) await browser.scripting.unregisterContentScripts({ ids });
  if (matches.length === 0) return;
  const everywhere = {
    matches,
    runAt: 'document_start' as const,
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: true,
  };
  await browser.scripting.registerContentScripts([
    { ...everywhere, id: TAP, js: ['content-scripts/tap.js'], world: 'MAIN' },
    { ...everywhere, id: PAGE, js: ['page.js'] },
  ]);
  await watchOpenTabs(matches);
}

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
