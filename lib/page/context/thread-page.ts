import type { SiteDescription } from '../../sites/site-description.ts';

/** Longest wait for the page that shows the thread, in milliseconds, and its largest size in bytes. */
const WAIT_MS = 30_000;
const MAX_BYTES = 4_000_000;

/** Address of the page that shows the thread, when the description names one for this page. */
export function threadPageUrl(
  site: SiteDescription,
  pageUrl: string,
  threadKey: string,
): string | null {
  const page = site.thread?.page;
  const url = URL.parse(pageUrl);
  if (page === undefined || url === null || threadKey === '') return null;
  if (!url.pathname.endsWith(page.insteadOf)) return null;
  const path = url.pathname.slice(0, -page.insteadOf.length) + page.path;
  const address = new URL(path, url.origin);
  // A path that begins with // would name another host.
  if (address.origin !== url.origin) return null;
  address.searchParams.set(page.query, threadKey);
  return address.href;
}

/**
 * Reads a page of the same origin with the person's own session, as a parsed document in which
 * nothing runs. Null when it cannot be had; never throws. XMLHttpRequest, because it alone parses
 * the answer without an HTML sink.
 */
export function readPage(url: string): Promise<Document | null> {
  const { promise, resolve } = Promise.withResolvers<Document | null>();
  const request = new XMLHttpRequest();
  request.open('GET', url);
  request.responseType = 'document';
  request.timeout = WAIT_MS;
  request.onprogress = (event) => {
    if (event.loaded > MAX_BYTES) request.abort();
  };
  request.onload = () => {
    const sameOrigin = URL.parse(request.responseURL)?.origin === URL.parse(url)?.origin;
    resolve(request.status === 200 && sameOrigin ? request.responseXML : null);
  };
  request.onerror = request.ontimeout = request.onabort = () => resolve(null);
  request.send();
  return promise;
}
