import { sql } from 'kysely';
import type { Metrics } from './api/metrics.ts';
import type { Collector } from './app.ts';
import { SCHEMA } from './db/schema.ts';
import { errorFields } from './log.ts';

const DAY_MS = 86_400_000;
/** How often it is looked for old texts, in milliseconds. */
const EVERY_MS = 3_600_000;

type Sweeping = Pick<Collector, 'db' | 'log' | 'now'> & { metrics: Metrics };

/**
 * Erases the texts that were received more than `days` days ago, of every organisation, those of cases
 * only once they ended. Entries of the trail stay. Several processes may do it at once. Rejects when the database does.
 */
export async function sweepContents(sweeping: Sweeping, days: number): Promise<number> {
  const { db, log, now, metrics } = sweeping;
  const before = new Date(now() - days * DAY_MS).toISOString();
  const orgs = await db.withSchema(SCHEMA).selectFrom('orgs').select('org').execute();
  let erased = 0;
  for (const { org } of orgs) {
    for (const name of ['erase_contents', 'erase_cases']) {
      const { rows } = await sql<{ gone: number }>`
        SELECT ${sql.id(SCHEMA, name)}(${org}::text, ${before}::text) AS gone`.execute(db);
      erased += rows[0]?.gone ?? 0;
    }
  }
  metrics.erased(erased);
  if (erased > 0) log('info', 'contents-erased', { count: erased, days });
  return erased;
}

/** Sweeps now and every hour until stopped; one that fails is said and tried again an hour later. */
export function startSweep(sweeping: Sweeping, days: number): { stop(): Promise<void> } {
  const sweep = () =>
    sweepContents(sweeping, days).then(
      () => undefined,
      (error: unknown) => sweeping.log('error', 'contents-not-erased', errorFields(error)),
    );
  let running = sweep();
  const timer = setInterval(() => {
    running = running.then(sweep);
  }, EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
