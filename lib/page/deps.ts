import type { callFromContent } from '../messaging/content-client.ts';
import type { servePage } from '../messaging/serve-page.ts';

/** What the runtime needs from outside: the way to the worker, the clock, ids. */
export interface PageDeps {
  call: typeof callFromContent;
  serve: typeof servePage;
  /** Milliseconds since 1970. */
  now: () => number;
  /** A unique id. */
  uuid: () => string;
}
