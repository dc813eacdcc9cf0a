import type { Head } from '../audit/leaf.ts';
import { LogWriter, type CommitEnv } from './log.ts';
import type { CountersignDb } from './schema.ts';

/**
 * How the database stands against the head kept outside it. `behind`: the mirror is the older one,
 * as after a kill between commit and mirror. `lost`: entries that were there are gone or changed.
 */
export type Reconciled = 'ok' | 'lost' | 'behind' | 'first-run';

/** Whether the mirror's log is one that a later log here already links to as its predecessor. */
async function alreadyLinked(db: CountersignDb, mirror: Head): Promise<boolean> {
  const rows = await db.heads.toArray();
  return rows.some(
    ({ previous }) =>
      previous !== null &&
      previous.logid === mirror.logid &&
      // A mirror older than the link is covered by it too.
      previous.seq >= mirror.seq,
  );
}

/**
 * Compares and, when entries were lost, begins a new log that links the mirror and says what was
 * found: a browser that repaired a damaged database opens it empty and without an error. Runs inside
 * a transaction; `head` is the new head when one was started.
 */
export async function reconcile(
  db: CountersignDb,
  env: CommitEnv,
  mirror: Head | null,
): Promise<{ result: Reconciled; head: Head | null }> {
  const log = await LogWriter.open(db, env);
  const { head } = log;
  if (mirror === null) return { result: head === null ? 'first-run' : 'behind', head };
  const same = head !== null && head.logid === mirror.logid;
  if (same && head.seq === mirror.seq && head.hash === mirror.hash) return { result: 'ok', head };
  if (same && head.seq > mirror.seq) {
    const entry = await db.events.get([mirror.logid, mirror.seq]);
    if (entry?.hash === mirror.hash) return { result: 'behind', head };
  }
  if (!same && (await alreadyLinked(db, mirror))) return { result: 'behind', head };
  log.start('wipe-detected', mirror);
  log.append(
    {
      type: 'log.lost',
      itemId: '',
      traceId: '',
      causationId: '',
      data: { expected: { ...mirror }, found: head === null ? null : { ...head } },
    },
    '',
  );
  await log.close();
  return { result: 'lost', head: log.head };
}
