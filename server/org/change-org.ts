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

/** Whose act an event is. */
type Actor = Pick<Caller, 'id' | 'name'>;

/** One transaction in the turn of an organisation. */
export interface OrgTurn {
  tx: Transaction<Database>;
  /** When, milliseconds since 1970. */
  at: number;
  /** Adds to the organisation's log; stored with the change or not at all. Resolves with its number. */
  recordBy(actor: Actor, event: OrgEvent): Promise<number>;
  /** Puts something into the feed. */
  tell(audience: Audience, item: FeedItem): Promise<void>;
}

/** A change of something that belongs to the team, asked for by a member. */
export interface Change extends Omit<OrgTurn, 'recordBy'> {
  caller: Caller;
  /** As `recordBy`, by the caller. */
  record(event: OrgEvent): Promise<number>;
}

/**
 * Changes something of the team. Changes of one organisation wait for each other, so what is read inside
 * still holds when it is written, and the feed and the log are numbered in the order of commits. Who asks
 * is looked up again inside: whoever was removed a moment ago changes nothing. Throws `Refusal`
 * (`unauthenticated`), and whatever `work` throws; then nothing is stored.
 */
export async function changeOrg<T>(
  collector: Pick<Collector, 'db' | 'now'>,
  caller: Caller,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  return inOrgTurn(collector, caller.org, async ({ recordBy, ...turn }) => {
    await stillThere(turn.tx, caller);
    return work({ ...turn, caller, record: (event) => recordBy(caller, event) });
  });
}

/** As `changeOrg`, for what no member asked for: whoever calls has decided that it may be done. */
export async function inOrgTurn<T>(
  { db, now }: Pick<Collector, 'db' | 'now'>,
  org: string,
  work: (turn: OrgTurn) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const rows = tx.withSchema(SCHEMA);
    const state = await rows
      .selectFrom('orgs')
      .select(['logid', 'feed_head'])
      .where('org', '=', org)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const at = now();
    let feedHead = state.feed_head;
    const result = await work({
      tx,
      at,
      recordBy: (actor, event) => record(tx, { org, logid: state.logid }, actor, event, at),
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
  const rows = tx.withSchema(SCHEMA);
  const member = await rows
    .selectFrom('members')
    .select('role')
    .where('org', '=', caller.org)
    .where('id', '=', caller.id)
    .where('active', '=', true)
    .executeTakeFirst();
  if (member?.role !== caller.role || !(await rightHolds(tx, caller)))
    throw new Refusal('unauthenticated');
}

/** Whether the token was not revoked, or the person not unlinked, in the meantime. */
async function rightHolds(
  tx: Transaction<Database>,
  { org, id, tokenId, identity }: Caller,
): Promise<boolean> {
  const rows = tx.withSchema(SCHEMA);
  const found =
    identity === null
      ? await rows
          .selectFrom('tokens')
          .select('member')
          .where('org', '=', org)
          .where('id', '=', tokenId)
          .where('revoked_at', '=', '')
          .executeTakeFirst()
      : await rows
          .selectFrom('identities')
          .select('member')
          .where('org', '=', org)
          .where('issuer', '=', identity.issuer)
          .where('subject', '=', identity.subject)
          .executeTakeFirst();
  return found?.member === id;
}

async function record(
  tx: Transaction<Database>,
  place: { org: string; logid: string },
  actor: Actor,
  { type, data, itemId = '', traceId = '' }: OrgEvent,
  at: number,
): Promise<number> {
  const draft: Omit<EventDraft, 'type'> = { itemId, traceId, causationId: '', data };
  const receivedAt = new Date(at).toISOString();
  const stored = await storeInLog(
    tx,
    { ...place, member: actor.id },
    (head) => {
      const raw = buildEvent(
        { ...draft, type },
        {
          logid: place.logid,
          seq: head.seq + 1,
          prevHash: head.hash,
          id: uuidv7(),
          time: at,
          actor: { name: actor.name, declared: false },
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
