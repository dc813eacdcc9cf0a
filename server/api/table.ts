import { authRoute } from '../routes/auth.ts';
import { caseActRoutes } from '../routes/case-acts.ts';
import { caseRoutes } from '../routes/cases.ts';
import { commentRoutes } from '../routes/comments.ts';
import { contentRoutes } from '../routes/contents.ts';
import { feedRoute } from '../routes/feed.ts';
import { healthRoutes } from '../routes/health.ts';
import { historyRoute } from '../routes/history.ts';
import { logRoutes } from '../routes/logs.ts';
import { openapiRoute } from '../routes/openapi.ts';
import { meRoute } from '../routes/me.ts';
import { memberRoutes } from '../routes/members.ts';
import { policyRoutes } from '../routes/policy.ts';
import { pushRoute } from '../routes/push.ts';
import { testRoute } from '../routes/test.ts';
import { tokenRoutes } from '../routes/tokens.ts';
import type { Route } from './route.ts';

/** Every route of the collector, and who may ask for it at least. */
export const ROUTES: readonly Route[] = [
  ...healthRoutes,
  authRoute,
  openapiRoute,
  testRoute,
  pushRoute,
  ...logRoutes,
  meRoute,
  ...memberRoutes,
  ...tokenRoutes,
  ...policyRoutes,
  feedRoute,
  ...caseRoutes,
  ...caseActRoutes,
  historyRoute,
  ...commentRoutes,
  ...contentRoutes,
];
