import type { Head } from '../audit/leaf.ts';
import { LogWriter, type CommitEnv } from './log.ts';
import type { CountersignDb } from './schema.ts';

/** Why a log can't be sent any further, and at which entry. */
export interface LogStop {
  logid: string;
  /** `fork`: the endpoint holds another entry there; `envelope-invalid`: it does not take the entry. */
  code: 'fork' | 'envelope-invalid';
  seq: number;
}

/**
 * Ends the sending of a log: neither side is overwritten, and its entries stay here. The log that is
 * being written goes on in a new one that links it and says why, so that later entries are sent.
 * Runs inside a transaction over all tables; returns the new log's head, null when none was begun.
 */
export async function stopLog(
  db: CountersignDb,
  env: CommitEnv,
  { logid, code, seq }: LogStop,
): Promise<Head | null> {
  const cursor = await db.cursors.get(logid);
  await db.cursors.put({ logid, ackedSeq: -1, ackedHash: '', ...cursor, stopped: code });
  const log = await LogWriter.open(db, env);
  if (log.head?.logid !== logid) return null;
  log.start('sync-stopped', log.head);
  log.append(
    {
      type: 'integrity.failed',
      itemId: '',
      traceId: '',
      causationId: '',
      data: { code, logid, seq },
    },
    '',
  );
  await log.close();
  return log.head;
}
