import { sql, type Kysely, type Transaction } from 'kysely';
import { ZERO_HASH } from '../lib/audit/leaf.ts';
import type { LogHead } from '../lib/protocol/fields.ts';
import type { BatchEvent } from './accept-batch.ts';
import { SCHEMA, type Database } from './db/schema.ts';
import { historyRows } from './history-rows.ts';
import { Refusal } from './refusal.ts';

/** A log within its organisation, and who brings the events. */
export interface LogKey {
  org: string;
  logid: string;
  member: string;
}

/** The head after a push that was committed, and how many of its events were new. */
export interface Stored {
  head: LogHead;
  added: number;
}

/**
 * Stores a batch in one transaction: events that are held already must be the same, the next one must
 * name the head. Resolves after the commit. Throws `Refusal`: `gap` or `fork`; then nothing is stored.
 */
export async function storeBatch(
  db: Kysely<Database>,
  key: LogKey,
  batch: readonly [BatchEvent, ...BatchEvent[]],
  receivedAt: string,
): Promise<Stored> {
  return db.transaction().execute((tx) => storeInLog(tx, key, () => batch, receivedAt));
}

/** The same inside a transaction; `made` gets the head, for a log that is written here. */
export async function storeInLog(
  tx: Transaction<Database>,
  key: LogKey,
  made: (head: LogHead) => readonly [BatchEvent, ...BatchEvent[]],
  receivedAt: string,
): Promise<Stored> {
  const head = await lockHead(tx, key, receivedAt);
  const batch = made(head);
  const [first] = batch;
  if (first.seq > head.seq + 1) {
    throw new Refusal('gap', { expected: head.seq + 1, head: head.seq < 0 ? null : head });
  }
  await checkHeld(tx, key, batch, head);
  const fresh = batch.filter((event) => event.seq > head.seq);
  const [next] = fresh;
  const last = fresh.at(-1);
  if (next === undefined || last === undefined) return { head, added: 0 };
  if (next.prevHash !== head.hash) {
    // Nothing stands before the first entry: it can only be wrong by itself.
    if (head.seq < 0) throw new Refusal('envelope-invalid', { seq: next.seq });
    throw new Refusal('fork', { seq: head.seq, storedHash: head.hash });
  }
  await insert(tx, key, fresh, receivedAt);
  const moved = { seq: last.seq, hash: last.hash };
  await tx
    .withSchema(SCHEMA)
    .updateTable('logs')
    .set({ head_seq: moved.seq, head_hash: moved.hash })
    .where('org', '=', key.org)
    .where('logid', '=', key.logid)
    .execute();
  return { head: moved, added: fresh.length };
}

/** The log's head, locked: pushes of one log wait for each other, those of others do not. */
async function lockHead(tx: Transaction<Database>, key: LogKey, at: string): Promise<LogHead> {
  const rows = tx.withSchema(SCHEMA);
  await rows
    .insertInto('logs')
    .values({ ...key, head_seq: -1, head_hash: ZERO_HASH, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await rows
    .selectFrom('logs')
    .select(['head_seq', 'head_hash'])
    .where('org', '=', key.org)
    .where('logid', '=', key.logid)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { seq: row.head_seq, hash: row.head_hash };
}

/** Throws `fork` when an entry that is held already is another than the one pushed. */
async function checkHeld(
  tx: Transaction<Database>,
  key: LogKey,
  batch: readonly [BatchEvent, ...BatchEvent[]],
  head: LogHead,
): Promise<void> {
  const [first] = batch;
  if (first.seq > head.seq) return;
  const rows = await tx
    .withSchema(SCHEMA)
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('org', '=', key.org)
    .where('logid', '=', key.logid)
    .where('seq', '>=', first.seq)
    .where('seq', '<', first.seq + batch.length)
    .orderBy('seq')
    .execute();
  const held = new Map(rows.map((row) => [row.seq, row.hash]));
  for (const { seq, hash } of batch) {
    const storedHash = held.get(seq);
    if (storedHash !== undefined && storedHash !== hash) {
      throw new Refusal('fork', { seq, storedHash });
    }
  }
}

/** One statement whatever the size: the columns travel as arrays. */
async function insert(
  tx: Transaction<Database>,
  { org, logid, member }: LogKey,
  events: readonly BatchEvent[],
  receivedAt: string,
): Promise<void> {
  const column = <T>(of: (event: BatchEvent) => T) => events.map(of);
  await sql`
    INSERT INTO ${sql.id(SCHEMA, 'events')} (org, logid, member, seq, hash, raw, known, received_at)
    SELECT ${org}::text, ${logid}::text, ${member}::text, seq, hash, raw, known, ${receivedAt}::text
    FROM unnest(
      ${column((event) => event.seq)}::bigint[],
      ${column((event) => event.hash)}::text[],
      ${column((event) => event.raw)}::text[],
      ${column((event) => event.known)}::boolean[]
    ) AS batch (seq, hash, raw, known)`.execute(tx);
  const listed = historyRows(
    { org, logid, member },
    events.map(({ event }) => event),
  );
  if (listed.length > 0) {
    await tx.withSchema(SCHEMA).insertInto('history').values(listed).execute();
  }
}
