import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Kysely } from 'kysely';
import { DIGEST_HEADER, IDEMPOTENCY_HEADER, PROTOCOL_HEADER } from '../lib/protocol/headers.ts';
import { createMetrics, type Metrics } from './api/metrics.ts';
import { serveRoutes, type Names } from './api/serve-routes.ts';
import { ROUTES } from './api/table.ts';
import type { Database } from './db/schema.ts';
import { errorFields, type Log } from './log.ts';
import { createFeedWatch } from './org/feed-watch.ts';
import type { Oidc } from './oidc/verify-token.ts';
import { Refusal } from './refusal.ts';
import type { SigningKey } from './signing-key.ts';

/** What a collector is made of. */
export interface Collector {
  db: Kysely<Database>;
  key: SigningKey;
  log: Log;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** How people sign in at a provider; absent where only tokens are taken. */
  oidc?: Oidc;
  /** Aborted when the process is to stop: whoever waits for the feed is answered then. */
  stopping?: AbortSignal;
  /** What is counted outside requests too; its own when absent. */
  metrics?: Metrics;
}

const EXTENSION = /^chrome-extension:\/\/[a-p]{32}$/;

/** The collector as a function from request to reply. Keeps nothing between requests that matters. */
export function createApp(collector: Collector): Hono<Names> {
  const app = new Hono<Names>();
  const { db, log } = collector;
  const { metrics = createMetrics() } = collector;
  const stopping = collector.stopping ?? new AbortController().signal;
  const feed = createFeedWatch(db, stopping, (error) =>
    log('error', 'feed-unread', errorFields(error)),
  );
  app.use(async (context, next) => {
    const started = performance.now();
    await next();
    const ms = performance.now() - started;
    // The route's name, never the path: ids are nobody's business in a server log.
    const route = context.get('route') ?? 'none';
    const { status } = context.res;
    metrics.request(route, status, ms / 1000);
    log('info', 'request', {
      method: methodOf(context.req.method),
      route,
      status,
      ms: Math.round(ms),
    });
  });
  app.use(
    cors({
      // Only extensions may read replies across origins: a web page never gets to ask with a token.
      origin: (origin) => (EXTENSION.test(origin) ? origin : ''),
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: [
        'Authorization',
        'Content-Type',
        'If-Match',
        DIGEST_HEADER,
        IDEMPOTENCY_HEADER,
        PROTOCOL_HEADER,
      ],
      exposeHeaders: ['Retry-After', 'ETag'],
      maxAge: 600,
    }),
  );
  serveRoutes(app, { ...collector, feed, metrics, routes: ROUTES });
  app.notFound(() => new Refusal('not-found').toResponse());
  app.onError((error, context) => {
    if (error instanceof Refusal) {
      const reply = error.toResponse();
      // A reply made here goes round the middleware: carry over what it had set, such as CORS.
      for (const [name, value] of context.res.headers)
        if (!reply.headers.has(name)) reply.headers.set(name, value);
      return reply;
    }
    log('error', 'failed', errorFields(error));
    return new Refusal('internal').toResponse();
  });
  return app;
}

/** A method that is one; a client may write anything there. */
function methodOf(method: string): string {
  return /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : 'other';
}
