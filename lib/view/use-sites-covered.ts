import { useEffect, useState } from 'react';
import type { Settings } from '../settings/catalog.ts';
import { parseSiteEntry } from '../settings/site-entry.ts';
import { useServices } from './services.ts';

/** Which sites of the list Chrome's permission is there for; null until it was asked. */
export type Coverage = ReadonlyMap<string, boolean> | null;

/** Asks Chrome about each site of the list; asks again when the list or `again` changes. */
export function useCoverage(settings: Settings | null, again = 0): Coverage {
  const { host } = useServices();
  const [coverage, setCoverage] = useState<Coverage>(null);
  const sites = settings?.sites;
  useEffect(() => {
    if (sites === undefined) return undefined;
    let live = true;
    const ask = async (site: string): Promise<[string, boolean]> => {
      const entry = parseSiteEntry(site);
      return [site, entry !== null && (await host.hasOrigins(entry.patterns))];
    };
    const askAll = async () => {
      const rows = await Promise.all(sites.map(ask));
      if (live) setCoverage(new Map(rows));
    };
    void askAll();
    return () => {
      live = false;
    };
  }, [sites, host, again]);
  return coverage;
}
