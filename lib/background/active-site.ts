import type { Mode } from '../domain/gate.ts';
import type { Settings } from '../settings/catalog.ts';
import { isLooser } from '../settings/in-force.ts';
import { parseSiteEntry } from '../settings/site-entry.ts';

/** The mode of an entry of `sites`: its own, else the one for all. */
export const modeOf = (settings: Settings, entry: string): Mode =>
  settings.siteModes[entry] ?? settings.mode;

/**
 * How a page is watched: by which entry of `sites`, and in which mode. Of several that match, the strictest
 * holds, so that no order of entries opens what one of them closes. Null when none matches.
 */
export function activeSite(settings: Settings, url: string): { entry: string; mode: Mode } | null {
  return settings.sites
    .filter((site) => parseSiteEntry(site)?.matches(url) === true)
    .map((entry) => ({ entry, mode: modeOf(settings, entry) }))
    .reduce<{ entry: string; mode: Mode } | null>(
      (best, one) => (best === null || isLooser(best.mode, one.mode) ? one : best),
      null,
    );
}
