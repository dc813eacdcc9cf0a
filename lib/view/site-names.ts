import { createContext, use } from 'react';
import type { ReviewItem } from '../domain/item.ts';
import { readCustomSites } from '../sites/custom-sites.ts';
import { genericSite, shippedSites, siteFor } from '../sites/registry.ts';

/** Where an item is, as far as its name needs it. */
type Placed = Pick<ReviewItem, 'kind' | 'siteId' | 'origin' | 'pageUrl'>;

/** The names of sites as their descriptions say them. */
export interface SiteNames {
  /** The site's name; its host where no description names it. */
  nameOf: (item: Placed) => string;
  /** The name of the description with this id; null when there is none here. */
  named: (siteId: string) => string | null;
}

/** The host of an item, for beside its site's name. */
export function hostOf({ origin, siteId }: Placed): string {
  return URL.canParse(origin) ? new URL(origin).host : siteId;
}

/** Names of the shipped descriptions and of the team's own (settings key `customSites`). */
export function siteNames(customSites: unknown): SiteNames {
  const { sites } = readCustomSites(customSites);
  const names = new Map([...shippedSites, ...sites].map(({ id, name }) => [id, name]));
  const ofPage = (url: string) => {
    const site = siteFor(url, sites);
    return site === null || site.id === genericSite.id ? null : site.name;
  };
  return {
    // An answer names no description: its page does.
    nameOf: (item) =>
      (item.kind === 'answer' ? ofPage(item.pageUrl) : names.get(item.siteId)) ?? hostOf(item),
    named: (siteId) => names.get(siteId) ?? null,
  };
}

const SiteNamesContext = createContext<SiteNames>(siteNames([]));

/** Hands the names in force to the screens under it. */
export const SiteNamesProvider = SiteNamesContext.Provider;

/** The names in force; those of the shipped descriptions outside a provider. */
export function useSiteNames(): SiteNames {
  return use(SiteNamesContext);
}
