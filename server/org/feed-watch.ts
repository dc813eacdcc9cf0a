import type { Kysely } from 'kysely';
import { SCHEMA, type Database } from '../db/schema.ts';

/** Waits for the feed of an organisation to grow, whichever process lets it. */
export interface FeedWatch {
  /** Resolves when there is an item after `n`, when `ms` are over, or when `end` says so. */
  until(org: string, n: number, ms: number, end: AbortSignal): Promise<void>;
}

/** How often the database is asked while somebody waits, in milliseconds. */
const EVERY_MS = 250;

interface Waiter {
  n: number;
  wake(): void;
}

/**
 * One question to the database at a time for all who wait, and none while nobody does: no notification
 * that only PostgreSQL has, and nothing that a second process could miss. `failed` hears of a database
 * that is away; the waiters wait on.
 */
export function createFeedWatch(
  db: Kysely<Database>,
  stopping: AbortSignal,
  failed: (error: unknown) => void,
): FeedWatch {
  const waiters = new Map<string, Set<Waiter>>();
  let timer: NodeJS.Timeout | null = null;

  const look = async () => {
    try {
      const heads = await db
        .withSchema(SCHEMA)
        .selectFrom('orgs')
        .select(['org', 'feed_head'])
        .where('org', 'in', [...waiters.keys()])
        .execute();
      for (const { org, feed_head } of heads)
        for (const waiter of waiters.get(org) ?? []) if (feed_head > waiter.n) waiter.wake();
    } catch (error) {
      failed(error);
    }
    timer = null;
    plan();
  };
  const plan = () => {
    if (timer !== null || waiters.size === 0) return;
    timer = setTimeout(() => void look(), EVERY_MS);
  };

  return {
    until: (org, n, ms, end) =>
      new Promise((resolve) => {
        if (end.aborted || stopping.aborted) return resolve();
        const mine = waiters.get(org) ?? new Set();
        const wake = () => {
          clearTimeout(late);
          end.removeEventListener('abort', wake);
          stopping.removeEventListener('abort', wake);
          mine.delete(waiter);
          if (mine.size === 0) waiters.delete(org);
          resolve();
        };
        const waiter = { n, wake };
        const late = setTimeout(wake, ms);
        end.addEventListener('abort', wake);
        stopping.addEventListener('abort', wake);
        waiters.set(org, mine.add(waiter));
        plan();
      }),
  };
}
