import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { buildEvent } from '../../lib/audit/event-build.ts';
import { readEvent } from '../../lib/audit/event-read.ts';
import { leafHash } from '../../lib/audit/leaf.ts';
import type { EventDraft, Json } from '../../lib/domain/event.ts';
import type { OrgEventType } from '../../lib/domain/org-event.ts';
import type { FeedItem } from '../../lib/protocol/feed.ts';
import type { Collector } from '../app.ts';
import type { Caller } from '../caller.ts';
import { SCHEMA, type Database } from '../db/schema.ts';
import { Refusal } from '../refusal.ts';
import { storeInLog } from '../store-batch.ts';

/** Who hears of something. */
export type Audience = 'all' | 'leads' | `member:${string}` | `token:${string}`;

/** Fields of an event of the organisation's log; ids, codes and commitments only. */
interface OrgEvent {
  type: OrgEventType;
  data: { [key: string]: Json };
  itemId?: string;
  traceId?: string;
}

/** A change of something that belongs to the team, in one transaction. */
export interface Change {
  tx: Transaction<Database>;
  caller: Caller;
  /** When, milliseconds since 1970. */
  at: number;
  /** Adds to the organisation's log; stored with the change or not at all. Resolves with its number. */
  record(event: OrgEvent): Promise<number>;
  /** Puts something into the feed. */
  tell(audience: Audience, item: FeedItem): Promise<void>;
}

/**
 * Changes something of the team. Changes of one organisation wait for each other, so what is read inside
 * still holds when it is written, and the feed and the log are numbered in the order of commits. Who asks
 * is looked up again inside: whoever was removed a moment ago changes nothing. Throws `Refusal`
 * (`unauthenticated`), and whatever `work` throws; then nothing is stored.
 */
export async function changeOrg<T>(
  { db, now }: Pick<Collector, 'db' | 'now'>,
  caller: Caller,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const rows = tx.withSchema(SCHEMA);
    const { org } = caller;
    const state = await rows
      .selectFrom('orgs')
      .select(['logid', 'feed_head'])
      .where('org', '=', org)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await stillThere(tx, caller);
    const at = now();
    let feedHead = state.feed_head;
    const result = await work({
      tx,
      caller,
      at,
      record: (event) => record(tx, { org, logid: state.logid }, caller, event, at),
      async tell(audience, item) {
        feedHead += 1;
        await rows
          .insertInto('feed')
          .values({
            org,
            n: feedHead,
            tag: randomBytes(4).toString('hex'),
            audience,
            item: JSON.stringify(item),
          })
          .execute();
      },
    });
    if (feedHead !== state.feed_head) {
      await rows.updateTable('orgs').set({ feed_head: feedHead }).where('org', '=', org).execute();
    }
    return result;
  });
}

/** Throws when the caller was removed, or got another role, since they were admitted. */
async function stillThere(tx: Transaction<Database>, caller: Caller): Promise<void> {
  const row = await tx
    .withSchema(SCHEMA)
    .selectFrom('members')
    .innerJoin('tokens', (join) =>
      join.onRef('tokens.org', '=', 'members.org').onRef('tokens.member', '=', 'members.id'),
    )
    .select('members.role')
    .where('members.org', '=', caller.org)
    .where('members.id', '=', caller.id)
    .where('members.active', '=', true)
    .where('tokens.id', '=', caller.tokenId)
    .where('tokens.revoked_at', '=', '')
    .executeTakeFirst();
  if (row?.role !== caller.role) throw new Refusal('unauthenticated');
}

async function record(
  tx: Transaction<Database>,
  place: { org: string; logid: string },
  caller: Caller,
  { type, data, itemId = '', traceId = '' }: OrgEvent,
  at: number,
): Promise<number> {
  const draft: Omit<EventDraft, 'type'> = { itemId, traceId, causationId: '', data };
  const receivedAt = new Date(at).toISOString();
  const stored = await storeInLog(
    tx,
    { ...place, member: caller.id },
    (head) => {
      const raw = buildEvent(
        { ...draft, type },
        {
          logid: place.logid,
          seq: head.seq + 1,
          prevHash: head.hash,
          id: uuidv7(),
          time: at,
          actor: { name: caller.name, declared: false },
        },
      );
      const read = readEvent(raw);
      if (!read.ok) throw new Error('An event that was built can be read');
      const { seq, prevHash } = read.event;
      return [{ seq, prevHash, raw, hash: leafHash(raw), known: true, event: read.event }];
    },
    receivedAt,
  );
  return stored.head.seq;
}
