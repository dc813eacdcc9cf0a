import * as z from 'zod/mini';
import { shippedSites } from './registry.ts';
import { siteDescription, type SiteDescription } from './site-description.ts';

/** Most entries read from the settings key `customSites`. */
export const MAX_CUSTOM_SITES = 100;

/** "This shipped description, at these origins": the short form for self-hosted apps. */
const useShipped = z.strictObject({
  use: z.string(),
  origins: siteDescription.shape.origins.check(z.minLength(1)),
});

/** Why one entry of `customSites` was not used; the sentence is in the catalog under `code`. */
export interface CustomSiteProblem {
  code: 'not-a-list' | 'too-many' | 'not-a-site' | 'no-origin' | 'unknown-site' | 'duplicate-id';
  /** `index` of the entry, its `id` if it has one, `path` of the wrong key, `issue` as zod names it. */
  params: { index: number; id: string; path: string; issue: string };
}

type Entry = SiteDescription | CustomSiteProblem;

const idOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : '';

function problem(
  code: CustomSiteProblem['code'],
  index: number,
  id = '',
  path = '',
  issue = '',
): CustomSiteProblem {
  return { code, params: { index, id, path, issue } };
}

function readEntry(value: unknown, index: number): Entry {
  if (typeof value === 'object' && value !== null && 'use' in value) {
    const short = useShipped.safeParse(value);
    if (!short.success) return wrong(short.error, value, index);
    const found = shippedSites.find((site) => site.id === short.data.use);
    if (found === undefined) return problem('unknown-site', index, short.data.use);
    return { ...found, origins: short.data.origins };
  }
  const parsed = siteDescription.safeParse(value);
  if (!parsed.success) return wrong(parsed.error, value, index);
  if (parsed.data.origins.length === 0)
    return problem('no-origin', index, parsed.data.id, 'origins');
  return parsed.data;
}

function wrong(error: z.core.$ZodError, value: unknown, index: number): CustomSiteProblem {
  const first = error.issues[0];
  const keys = first?.code === 'unrecognized_keys' ? first.keys : [];
  const path = [...(first?.path ?? []), ...keys].map(String).join('.');
  return problem('not-a-site', index, idOf(value), path, first?.code ?? '');
}

/**
 * Reads the settings key `customSites`: what is right applies, what is wrong is named by a code and
 * parameters. Never throws.
 */
export function readCustomSites(value: unknown): {
  sites: SiteDescription[];
  problems: CustomSiteProblem[];
} {
  if (value === undefined || value === null) return { sites: [], problems: [] };
  if (!Array.isArray(value)) return { sites: [], problems: [problem('not-a-list', -1)] };
  const sites: SiteDescription[] = [];
  const problems: CustomSiteProblem[] = [];
  if (value.length > MAX_CUSTOM_SITES) problems.push(problem('too-many', MAX_CUSTOM_SITES));
  for (const [index, raw] of value.slice(0, MAX_CUSTOM_SITES).entries()) {
    const entry = readEntry(raw, index);
    if ('code' in entry) problems.push(entry);
    else if (sites.some((site) => site.id === entry.id))
      problems.push(problem('duplicate-id', index, entry.id, 'id'));
    else sites.push(entry);
  }
  return { sites, problems };
}
