import { Dexie } from 'dexie';
import type { Head } from '../audit/leaf.ts';
import { contentsSetBack } from './content-outbox.ts';
import type { EventRow, SyncState } from './rows.ts';
import type { CountersignDb } from './schema.ts';

/** Entries of one log that the endpoint has not acknowledged, in order. */
export interface Unsynced {
  logid: string;
  /** `seq` of the first. */
  from: number;
  events: EventRow[];
}

/** `mismatch`: the endpoint has another entry there (a fork); `unknown`: we have no such entry. */
export type AckResult = 'ok' | 'mismatch' | 'unknown';

/** How sending stands before anything was tried. */
export const IDLE: SyncState = {
  nextAt: 0,
  attempt: 0,
  lastProblem: null,
  lastOkAt: null,
  endpoint: '',
  credential: '',
  collectorKey: null,
  rejected: 0,
  logsTaken: null,
};

const READ_CHUNK = 50;
const encoder = new TextEncoder();

/**
 * The oldest unacknowledged entries of the oldest log that has some and is not stopped: at least one, at most `limit`,
 * their raw strings together at most `maxBytes` UTF-8 bytes when more than one. Null when all is
 * acknowledged.
 */
export async function unsynced(
  db: CountersignDb,
  limit: number,
  maxBytes: number,
): Promise<Unsynced | null> {
  return db.transaction('r', [db.events, db.heads, db.cursors], async () => {
    const cursors = new Map((await db.cursors.toArray()).map((row) => [row.logid, row]));
    const heads = (await db.heads.toArray()).sort((a, b) => a.startedAt - b.startedAt);
    const behind = heads.find(({ logid, seq }) => {
      const cursor = cursors.get(logid);
      return cursor?.stopped === undefined && seq > (cursor?.ackedSeq ?? -1);
    });
    if (behind === undefined) return null;
    const { logid } = behind;
    const from = (cursors.get(logid)?.ackedSeq ?? -1) + 1;
    const events: EventRow[] = [];
    let bytes = 0;
    while (events.length < limit) {
      const next = from + events.length;
      const chunk = await db.events
        .where('[logid+seq]')
        .between([logid, next], [logid, Dexie.maxKey])
        .limit(Math.min(READ_CHUNK, limit - events.length))
        .toArray();
      for (const row of chunk) {
        bytes += encoder.encode(row.raw).length;
        if (events.length > 0 && bytes > maxBytes) return { logid, from, events };
        events.push(row);
      }
      if (chunk.length < READ_CHUNK) break;
    }
    return { logid, from, events };
  });
}

/**
 * Moves a log's cursor to what the endpoint says it holds; it may go down, after the endpoint was
 * restored: then all other logs start at nothing too. `seq` −1 with any hash means: it holds nothing.
 * The receipt is kept as received.
 */
export async function acknowledge(
  db: CountersignDb,
  head: Head,
  receipt: { text: string; at: number } | null,
): Promise<AckResult> {
  const { logid, seq, hash } = head;
  const tables = [db.events, db.cursors, db.receipts, db.contentSync];
  return db.transaction('rw', tables, async () => {
    if (seq >= 0) {
      const own = await db.events.get([logid, seq]);
      if (own === undefined) return 'unknown';
      if (own.hash !== hash) return 'mismatch';
    }
    const before = await db.cursors.get(logid);
    if (seq < (before?.ackedSeq ?? -1)) {
      // It was set back as a whole: of logs that are written no more it would never be asked again.
      await db.cursors
        .filter((row) => row.stopped === undefined)
        .modify({ ackedSeq: -1, ackedHash: '' });
      await contentsSetBack(db, logid, seq);
    }
    await db.cursors.put({ logid, ackedSeq: seq, ackedHash: hash });
    if (receipt !== null) {
      await db.receipts.put({ logid, seq, hash, receipt: receipt.text, at: receipt.at });
      await dropOlderReceipts(db, head, receipt.text);
    }
    return 'ok';
  });
}

/** Name of the key that signed; '' for what is no receipt. */
function keyOf(receipt: string): string {
  try {
    const read: unknown = JSON.parse(receipt);
    return typeof read === 'object' && read !== null ? String(Reflect.get(read, 'key')) : '';
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

/**
 * A receipt is about all entries up to its own, whose hash covers each of them: of one signer the newest
 * says all that older ones say. Those of another signer, as of an endpoint before, are another witness.
 */
async function dropOlderReceipts(db: CountersignDb, { logid, seq }: Head, newest: string) {
  const signer = keyOf(newest);
  await db.receipts
    .where('[logid+seq]')
    .between([logid, Dexie.minKey], [logid, seq], true, false)
    .filter((row) => keyOf(row.receipt) === signer)
    .delete();
}

/** Changes parts of the sending state. */
export async function patchSync(db: CountersignDb, patch: Partial<SyncState>): Promise<void> {
  await db.transaction('rw', db.sync, async () => {
    const state = await db.sync.get('state');
    await db.sync.put({ ...IDLE, ...state, ...patch, key: 'state' });
  });
}

/**
 * Says which endpoint is sent to. Another one knows nothing of what the one before has: the cursors
 * go back to the start and its key is learned anew. Another credential is tried at once.
 */
export async function useEndpoint(
  db: CountersignDb,
  endpoint: string,
  credential: string,
): Promise<void> {
  await db.transaction('rw', [db.sync, db.cursors], async () => {
    const state = { ...IDLE, ...(await db.sync.get('state')) };
    if (state.endpoint !== endpoint) {
      await db.cursors.clear();
      await db.sync.put({ ...IDLE, endpoint, credential, key: 'state' });
    } else if (state.credential !== credential) {
      await db.sync.put({ ...state, nextAt: 0, attempt: 0, credential, key: 'state' });
    }
  });
}
