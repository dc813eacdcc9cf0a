import type { ValueFrom } from '../../sites/site-parts.ts';
import { attribute, findAll } from './query.ts';
import { lineOf } from './read-text.ts';

/** One short value of the page, '' when it is not there; at most `max` UTF-16 units. */
export function valueFrom(from: ValueFrom | undefined, document: Document, max: number): string {
  if (from === undefined) return '';
  if ('selector' in from) {
    const element = findAll(document, from.selector)[0];
    if (element === undefined) return '';
    if (from.attribute === undefined) return lineOf(element, max);
    return (attribute(element, from.attribute) ?? '').trim().slice(0, max);
  }
  const url = URL.parse(document.location?.href ?? '');
  if (url === null) return '';
  if ('query' in from) return (url.searchParams.get(from.query) ?? '').trim().slice(0, max);
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  return decode(segments.at(from.path) ?? '').slice(0, max);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign is part of the value.
    return segment;
  }
}
