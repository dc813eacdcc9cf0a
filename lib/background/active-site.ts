import type { Mode } from '../domain/gate.ts';
import type { Settings } from '../settings/catalog.ts';
import { parseSiteEntry } from '../settings/site-entry.ts';

/** The mode of an entry of `sites`: its own, else the one for all. */
export const modeOf = (settings: Settings, entry: string): Mode =>
  settings.siteModes[entry] ?? settings.mode;

/** How a page is watched: by which entry of `sites`, and in which mode. Null when it is not. */
export function activeSite(settings: Settings, url: string): { entry: string; mode: Mode } | null {
  const entry = settings.sites.find((site) => parseSiteEntry(site)?.matches(url) === true);
  if (entry === undefined) return null;
  return { entry, mode: modeOf(settings, entry) };
}
