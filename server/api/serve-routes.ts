import type { Context, Hono } from 'hono';
import { PROTOCOL_HEADER } from '../../lib/protocol/headers.ts';
import { PROTOCOL } from '../../lib/protocol/limits.ts';
import { admit, callerOf } from '../caller.ts';
import { Refusal } from '../refusal.ts';
import type { Route } from './route.ts';
import type { Service } from './service.ts';

/** What the request log and the metrics call a route. */
export interface Names {
  Variables: { route: string };
}

async function answer(route: Route, service: Service, context: Context<Names>): Promise<Response> {
  context.set('route', route.id);
  const params: unknown = context.req.param();
  if (route.least === 'anyone') return route.run(service, context.req.raw, params, null);
  const caller = admit(await callerOf(service, context.req.header('Authorization')), route.least);
  if (context.req.header(PROTOCOL_HEADER) !== String(PROTOCOL)) {
    throw new Refusal('protocol', { min: PROTOCOL, max: PROTOCOL });
  }
  return route.run(service, context.req.raw, params, caller);
}

/** Serves the table: nothing else answers requests, so nothing is served that was not admitted here. */
export function serveRoutes(app: Hono<Names>, service: Service): void {
  for (const route of service.routes) {
    app.on(route.method, route.path, (context) => answer(route, service, context));
  }
}
