import type { SiteDescription, SiteInput } from './site-description.ts';
import { siteDescription } from './site-description.ts';
import { anyPage } from './shipped/any-page.ts';
import { mastraStudio } from './shipped/mastra-studio.ts';
import { requestTracker } from './shipped/request-tracker.ts';

const shipped = (input: SiteInput): SiteDescription => siteDescription.parse(input);

/** The description for pages that no other describes. */
export const genericSite: SiteDescription = anyPage;

/** The descriptions that come with the extension, without the generic one. */
export const shippedSites: readonly SiteDescription[] = [mastraStudio, requestTracker].map(shipped);

/** Whether an origin (`https://host[:port]`) is one of those listed; `https://*.host` is host and below. */
export function originListed(origin: string, listed: readonly string[]): boolean {
  return listed.some((entry) => {
    const wildcard = entry.indexOf('://*.');
    if (wildcard === -1) return entry.toLowerCase() === origin;
    const scheme = entry.slice(0, wildcard + 3).toLowerCase();
    const host = entry.slice(wildcard + 5).toLowerCase();
    if (!origin.startsWith(scheme)) return false;
    const own = origin.slice(scheme.length);
    return own === host || own.endsWith(`.${host}`);
  });
}

/** Whether a self-hosted app may live at this path; the page then looks for its elements. */
function pathKnown(site: SiteDescription, path: string): boolean {
  return site.knownBy?.paths.some((part) => path.includes(part)) ?? false;
}

/**
 * The description for a page: by origin (custom before shipped), else a self-hosted app by its path,
 * else the generic one. Null for addresses that are no web page. Whether a site is granted and active
 * is not asked here.
 */
export function siteFor(
  url: string,
  customSites: readonly SiteDescription[],
): SiteDescription | null {
  const page = URL.parse(url);
  if (page === null || !/^https?:$/u.test(page.protocol)) return null;
  const described = [...customSites, ...shippedSites];
  return (
    described.find((site) => originListed(page.origin, site.origins)) ??
    shippedSites.find((site) => pathKnown(site, page.pathname)) ??
    genericSite
  );
}
