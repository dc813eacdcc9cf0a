import { MessagingError } from '../messaging/errors.ts';
import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import { anyPage } from '../sites/shipped/any-page.ts';
import type { SiteDescription } from '../sites/site-description.ts';
import { pageUrl } from './composer/ask-worker.ts';
import type { PageDeps } from './deps.ts';
import { findAll } from './locate/query.ts';

type Hello = ReplyOf<ToWorker['page.hello']>;

/** A worker that does not answer is asked again after these waits, in ms; the last one repeats. */
const RETRY_MS = [500, 1000, 2000, 5000, 15_000];
/** How long a self-hosted app may take to show the elements it is known by, in milliseconds. */
const KNOWN_WITHIN_MS = 3000;

/**
 * Says hello until the worker answers, also again when `again` is called because the address changed.
 * `onGone` is called when the extension is no more and nobody will ever answer.
 */
export function sayHello(
  deps: PageDeps,
  document: Document,
  onHello: (hello: Hello) => void,
  onGone: () => void,
): { again(): void; stop(): void } {
  let tries = 0;
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const hello = async () => {
    turn += 1;
    const mine = turn;
    try {
      const request = { url: pageUrl(document), top: document.defaultView === globalThis.top };
      const reply = await deps.call('page.hello', request);
      if (mine === turn) onHello(reply);
    } catch (error) {
      if (mine !== turn) return;
      if (error instanceof MessagingError && error.code === 'invalidated') {
        onGone();
        return;
      }
      timer = setTimeout(() => void hello(), RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
      tries += 1;
    }
  };
  void hello();
  const stop = () => {
    turn += 1;
    if (timer !== null) clearTimeout(timer);
  };
  return {
    again() {
      stop();
      tries = 0;
      void hello();
    },
    stop,
  };
}

/**
 * A description as our own worker gives it: it has parsed each one by the schema before, and only the
 * worker can answer, so that the page need not carry the schema (2 kB of its 41) for a second look.
 */
function isSite(value: unknown): value is SiteDescription {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'composers' in value &&
    Array.isArray(value.composers)
  );
}

/** A self-hosted app that was guessed from the path. */
function isGuessed(site: SiteDescription): boolean {
  return site.knownBy !== undefined && site.origins.length === 0;
}

/**
 * The description that a hello carried; null when there is none. Beside one that was only guessed, every
 * place to write in is watched as on any page: another app may live at such a path.
 */
export function siteOf({ site }: Hello): SiteDescription | null {
  if (!isSite(site)) return null;
  // Our own object, not an equal one: by it we tell that its composers are guesses.
  if (site.id === anyPage.id && site.origins.length === 0) return anyPage;
  return isGuessed(site) ? { ...site, composers: [...site.composers, ...anyPage.composers] } : site;
}

/**
 * Whether a description holds for this page: one that was only guessed from the path must find the
 * app's elements. Until then (unless `strict`, in Enforce) nothing is watched; after a while the page is a
 * page like any other.
 */
export function siteHere(
  claimed: SiteDescription | null,
  document: Document,
  waitedMs: number,
  strict: boolean,
): SiteDescription | null {
  if (claimed === null || !isGuessed(claimed)) return claimed;
  if (claimed.knownBy?.elements.some((one) => findAll(document, one).length > 0)) return claimed;
  return strict || waitedMs > KNOWN_WITHIN_MS ? anyPage : null;
}
