import type { Mode } from '../domain/gate.ts';
import type { SiteDescription } from '../sites/site-description.ts';
import type { WatchedComposer } from './composer/watched-composer.ts';

/** What the runtime of one frame knows now. */
export interface PageState {
  /** Null on a page that is not watched, and until the worker has answered; in Enforce any page's until then. */
  site: SiteDescription | null;
  mode: Mode;
  /** The worker has answered the hello. */
  greeted: boolean;
  /** Composers that a person writes to people in, by id. */
  composers: Map<string, WatchedComposer>;
  /** The extension was updated or removed under this page. */
  invalidated: boolean;
}

/** The state of a frame of which nothing is known. */
export function emptyState(): PageState {
  return { site: null, mode: 'observe', greeted: false, composers: new Map(), invalidated: false };
}
