import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Kysely } from 'kysely';
import { DIGEST_HEADER, IDEMPOTENCY_HEADER, PROTOCOL_HEADER } from '../lib/protocol/headers.ts';
import type { Database } from './db/schema.ts';
import { errorFields, type Log } from './log.ts';
import { Refusal } from './refusal.ts';
import { healthRoutes } from './routes/health.ts';
import { logRoutes } from './routes/logs.ts';
import { pushRoute } from './routes/push.ts';
import { testRoute } from './routes/test.ts';
import type { SigningKey } from './signing-key.ts';

/** What the routes need. */
export interface Collector {
  db: Kysely<Database>;
  key: SigningKey;
  log: Log;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
}

const EXTENSION = /^chrome-extension:\/\/[a-p]{32}$/;

/** The collector as a function from request to reply. Keeps nothing between requests that matters. */
export function createApp(collector: Collector): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const started = performance.now();
    await next();
    collector.log('info', 'request', {
      method: context.req.method,
      // Path shape, not path: ids of logs are nobody's business in a server log.
      path: context.req.path.replace(/[0-9a-f-]{36}/g, ':logid').slice(0, 80),
      status: context.res.status,
      ms: Math.round(performance.now() - started),
    });
  });
  app.use(
    cors({
      // Only extensions may read replies across origins: a web page never gets to ask with a token.
      origin: (origin) => (EXTENSION.test(origin) ? origin : ''),
      allowMethods: ['GET', 'POST'],
      allowHeaders: [
        'Authorization',
        'Content-Type',
        DIGEST_HEADER,
        IDEMPOTENCY_HEADER,
        PROTOCOL_HEADER,
      ],
      exposeHeaders: ['Retry-After'],
      maxAge: 600,
    }),
  );
  healthRoutes(app, collector);
  testRoute(app, collector);
  pushRoute(app, collector);
  logRoutes(app, collector);
  app.notFound(() => new Refusal('not-found').toResponse());
  app.onError((error, context) => {
    if (error instanceof Refusal) {
      const reply = error.toResponse();
      // A reply made here goes round the middleware: carry over what it had set, such as CORS.
      for (const [name, value] of context.res.headers)
        if (!reply.headers.has(name)) reply.headers.set(name, value);
      return reply;
    }
    collector.log('error', 'failed', errorFields(error));
    return new Refusal('internal').toResponse();
  });
  return app;
}
