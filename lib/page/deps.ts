import type { callWorker } from '../messaging/client.ts';
import type { servePage } from '../messaging/serve.ts';

/** What the runtime needs from outside: the way to the worker, the clock, ids. */
export interface PageDeps {
  call: typeof callWorker;
  serve: typeof servePage;
  /** Milliseconds since 1970. */
  now: () => number;
  /** A unique id. */
  uuid: () => string;
}
