import type { Source } from '../../domain/assessment.ts';
import type { SiteDescription } from '../../sites/site-description.ts';
import type { Mark } from '../../sites/site-parts.ts';
import { attribute, findAll, holds, isOrHolds } from '../locate/query.ts';
import { lineOf, textOf } from '../locate/read-text.ts';
import { storedText } from '../locate/unrendered.ts';

/** Most text of thread, record and sources together, in UTF-16 units, and most entries. */
export const MAX_CONTEXT = 200_000;
const MAX_ENTRIES = 200;

/** Where a description says that a text stands within an element. */
interface TextPart {
  text?: string | undefined;
  without?: string | undefined;
}

/** The text of an element by its description, as stored; see `storedText`. */
export function partText(element: Element, part: TextPart, max: number): string {
  const places = part.text === undefined ? [element] : outermost(findAll(element, part.text));
  return places
    .map((place) => storedText(place, part.without, max))
    .join('\n')
    .slice(0, max);
}

/** A part within a part is read with it, not twice. */
function outermost(elements: readonly Element[]): Element[] {
  return elements.filter(
    (element) => !elements.some((other) => other !== element && holds(other, element)),
  );
}

/** The messages of a thread, in page order; `root` may be a parsed page. */
export function readThread(site: SiteDescription, root: Document): Source[] {
  const { thread } = site;
  if (thread === undefined) return [];
  return findAll(root, thread.each).flatMap((element, index) => {
    const text = partText(element, thread, MAX_CONTEXT);
    if (text === '') return [];
    const author = isMarked(element, thread.author?.customer)
      ? 'customer'
      : isMarked(element, thread.author?.agent)
        ? 'agent'
        : 'unknown';
    const internal = isMarked(element, thread.internal);
    return [entry({ id: `thread-${index}`, kind: 'thread', text, author, internal })];
  });
}

/** Whether a description's mark is on an element; without a mark it never is. */
function isMarked(element: Element, mark: Mark | undefined): boolean {
  if (mark === undefined) return false;
  if (typeof mark === 'string') return isOrHolds(element, mark);
  return findAll(element, mark.selector).some((one) =>
    mark.words.some((word) => one.textContent.includes(word)),
  );
}

function entry(part: Pick<Source, 'id' | 'kind' | 'text'> & Partial<Source>): Source {
  return { title: '', url: null, internal: false, author: 'unknown', ...part };
}

function readRecord(site: SiteDescription, root: Document): Source[] {
  return site.record.flatMap(({ title, selector }, index) => {
    const text = findAll(root, selector)
      .map((element) => textOf(element, 10_000))
      .join('\n');
    return text === '' ? [] : [entry({ id: `record-${index}`, kind: 'record', text, title })];
  });
}

function readSources(site: SiteDescription, root: Document): Source[] {
  const { sources } = site;
  if (sources === undefined) return [];
  return findAll(root, sources.each).flatMap((element, index) => {
    const text = partText(element, sources, MAX_CONTEXT);
    if (text === '') return [];
    const titled = firstOf(element, sources.title);
    const link = firstOf(element, sources.url);
    const internal = isMarked(element, sources.internal);
    const title = titled === undefined ? '' : lineOf(titled, 300);
    const url = addressOf(link);
    return [entry({ id: `source-${index}`, kind: 'source', text, title, url, internal })];
  });
}

function firstOf(element: Element, selector: string | undefined): Element | undefined {
  return selector === undefined ? undefined : findAll(element, selector)[0];
}

function addressOf(link: Element | undefined): string | null {
  const href = link === undefined ? null : attribute(link, 'href');
  if (href === null) return null;
  return URL.parse(href, link?.ownerDocument.baseURI)?.href.slice(0, 2000) ?? null;
}

/** Cuts a list to the caps: what is nearest in time counts, so the first thread messages go first. */
export function capContext(entries: readonly Source[]): Source[] {
  const kept: Source[] = [];
  let room = MAX_CONTEXT;
  const order = [
    ...entries.filter((one) => one.kind !== 'thread'),
    ...entries.filter((one) => one.kind === 'thread').reverse(),
  ];
  for (const one of order) {
    if (room <= 0 || kept.length >= MAX_ENTRIES) break;
    const text = one.text.slice(0, room);
    room -= text.length;
    kept.push({ ...one, text });
  }
  return entries.flatMap((one) => kept.find((cut) => cut.id === one.id) ?? []);
}

/** Thread, record and sources of the page as it stands now, within the caps. */
export function readContext(site: SiteDescription, root: Document): Source[] {
  return capContext([
    ...readSources(site, root),
    ...readRecord(site, root),
    ...readThread(site, root),
  ]);
}
