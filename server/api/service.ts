import type { Collector } from '../app.ts';
import type { FeedWatch } from '../org/feed-watch.ts';
import type { Metrics } from './metrics.ts';
import type { Route } from './route.ts';

/** What a route works with. */
export interface Service extends Collector {
  feed: FeedWatch;
  metrics: Metrics;
  /** The whole table, for what is made from it: permissions and the OpenAPI document. */
  routes: readonly Route[];
}
