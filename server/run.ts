import { serve } from '@hono/node-server';
import { DEFAULT_CONTENT_DAYS } from '../lib/domain/content-level.ts';
import { createMetrics } from './api/metrics.ts';
import { createApp } from './app.ts';
import { openDatabase, type Place } from './db/open.ts';
import type { Log } from './log.ts';
import type { OidcSettings } from './oidc/settings.ts';
import { createOidc } from './oidc/verify-token.ts';
import { DEFAULT_ORG, setUpOrg } from './set-up-org.ts';
import { startSweep } from './sweep-contents.ts';

/** How to run a collector. `port` 0 takes a free one. */
export interface RunOptions {
  place: Place;
  host: string;
  port: number;
  /** Make another admin token, e.g. because the first was lost. */
  newToken: boolean;
  log: Log;
  /** Days that texts are kept; 90 unless said. */
  contentDays?: number;
  /** How people sign in at a provider; absent or null where only tokens are taken. */
  oidc?: OidcSettings | null;
  /** How long what is under way at a stop has to end, in milliseconds; 10 s unless said. */
  stopMs?: number;
}

/** A collector that listens. */
export interface Running {
  url: string;
  /** The token that was made at this start; null when one was there. */
  token: string | null;
  /** Takes no more, finishes what is under way within 10 s, then closes the database. */
  stop(): Promise<void>;
}

/** A request that takes longer than this to arrive is given up, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;
/** What is under way at a stop has this long to end, in milliseconds; then its connection is cut. */
const STOP_MS = 10_000;

/** Opens the database and listens. Throws when either can't be had. */
export async function runCollector(options: RunOptions): Promise<Running> {
  const { place, host, port, newToken, log, oidc = null, stopMs = STOP_MS } = options;
  const database = await openDatabase(place);
  try {
    const { key, token } = await setUpOrg(database.db, DEFAULT_ORG, { newToken });
    const stopping = new AbortController();
    const { contentDays: days = DEFAULT_CONTENT_DAYS } = options;
    const metrics = createMetrics();
    const app = createApp({
      db: database.db,
      key,
      log,
      now: Date.now,
      ...(oidc === null ? {} : { oidc: createOidc(oidc) }),
      stopping: stopping.signal,
      metrics,
    });
    const server = await new Promise<{ port: number; stop: () => Promise<void> }>(
      (resolve, reject) => {
        const listening = serve(
          {
            fetch: app.fetch,
            hostname: host,
            port,
            serverOptions: { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: 15_000 },
          },
          (info) =>
            resolve({
              port: info.port,
              stop: () =>
                new Promise((done) => {
                  const cut = setTimeout(() => {
                    if ('closeAllConnections' in listening) listening.closeAllConnections();
                  }, stopMs);
                  listening.close(() => {
                    clearTimeout(cut);
                    done();
                  });
                  if ('closeIdleConnections' in listening) listening.closeIdleConnections();
                }),
            }),
        );
        listening.once('error', reject);
      },
    );
    const sweep = startSweep({ db: database.db, log, now: Date.now, metrics }, days);
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`,
      token,
      stop: async () => {
        stopping.abort();
        await sweep.stop();
        await server.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
