import type { SiteDescription } from '../../sites/site-description.ts';
import { selectorWorks } from './query.ts';

/** The keys of a site description under which selectors stand. */
const SELECTOR_KEYS = new Set([
  'each',
  'text',
  'title',
  'url',
  'internal',
  'selector',
  'customer',
  'agent',
  'editor',
  'frame',
  'send',
  'form',
  'recipients',
  'attachments',
  'signature',
  'quote',
  'elements',
]);

function collect(value: unknown, key: string, found: Set<string>): void {
  if (typeof value === 'string') {
    if (SELECTOR_KEYS.has(key)) found.add(value);
  } else if (Array.isArray(value)) {
    for (const entry of value) collect(entry, key, found);
  } else if (typeof value === 'object' && value !== null) {
    // The title of a record entry is words, not a selector.
    const record = key === 'record';
    for (const [name, entry] of Object.entries(value))
      if (!(record && name === 'title')) collect(entry, name, found);
  }
}

/** The selectors of a description that this browser cannot parse; they match nothing. */
export function wrongSelectors(site: SiteDescription, document: Document): string[] {
  const found = new Set<string>();
  collect(site, '', found);
  return [...found].filter((selector) => !selectorWorks(selector, document));
}
