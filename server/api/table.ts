import { healthRoutes } from '../routes/health.ts';
import { logRoutes } from '../routes/logs.ts';
import { meRoute } from '../routes/me.ts';
import { memberRoutes } from '../routes/members.ts';
import { pushRoute } from '../routes/push.ts';
import { testRoute } from '../routes/test.ts';
import { tokenRoutes } from '../routes/tokens.ts';
import type { Route } from './route.ts';

/** Every route of the collector, and who may ask for it at least. */
export const ROUTES: readonly Route[] = [
  ...healthRoutes,
  testRoute,
  pushRoute,
  ...logRoutes,
  meRoute,
  ...memberRoutes,
  ...tokenRoutes,
];
