import type { Source } from '../../domain/assessment.ts';
import type { SiteDescription } from '../../sites/site-description.ts';
import { capContext, readContext, readThread } from './read-context.ts';
import { readPage, threadPageUrl } from './thread-page.ts';

/** A thread's page that cannot be had is asked for again after this time, in ms, a few times in all. */
const AGAIN_MS = 10_000;
const MAX_FAILURES = 5;

/** Gives the context of a composer; reads the page only when it has changed since. */
export interface ContextReader {
  read(threadKey: string): Source[];
  /** The page has changed: read again next time. */
  invalidate(): void;
}

/**
 * A reader for one page. `onArrived` is called when the thread of another page has come in, so that
 * the composer can be told of again.
 */
export function createContextReader(
  site: SiteDescription,
  document: Document,
  onArrived: () => void,
): ContextReader {
  let cached: Source[] | null = null;
  const elsewhere = new Map<string, Source[]>();
  let failures = 0;

  const take = async (url: string) => {
    const page = await readPage(url);
    if (page === null) {
      if (++failures < MAX_FAILURES) setTimeout(() => void take(url), AGAIN_MS);
      return;
    }
    const thread = readThread(site, page);
    elsewhere.set(url, thread);
    if (thread.length > 0) onArrived();
  };

  const fetchThread = (threadKey: string) => {
    const url = threadPageUrl(site, document.location.href, threadKey);
    if (url === null || elsewhere.has(url)) return elsewhere.get(url ?? '') ?? [];
    elsewhere.set(url, []);
    void take(url);
    return [];
  };

  return {
    read(threadKey) {
      cached ??= readContext(site, document);
      if (cached.some((one) => one.kind === 'thread')) return cached;
      const thread = fetchThread(threadKey);
      return thread.length === 0 ? cached : capContext([...cached, ...thread]);
    },
    invalidate() {
      cached = null;
    },
  };
}
