import type { Kysely } from 'kysely';
import {
  cursorOf,
  FEED_START,
  feedItem,
  feedQuery,
  feedReply,
  readCursor,
  type FeedItem,
  type FeedPlace,
} from '../../lib/protocol/feed.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { includesRole } from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';
import { callerOf, type Admission, type Caller } from '../caller.ts';
import { SCHEMA, type Database } from '../db/schema.ts';
import { Refusal } from '../refusal.ts';

/** Most items of one answer. */
const PAGE = 200;

/** The newest place of a feed. */
async function endOf(db: Kysely<Database>, org: string): Promise<FeedPlace> {
  const last = await db
    .withSchema(SCHEMA)
    .selectFrom('feed')
    .select(['n', 'tag'])
    .where('org', '=', org)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { org, n: last?.n ?? 0, tag: last?.tag ?? FEED_START };
}

/** Whether the feed still has what the reader saw last: after a restore it may be another feed. */
async function isThere(db: Kysely<Database>, { org, n, tag }: FeedPlace): Promise<boolean> {
  if (n === 0) return tag === FEED_START;
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('feed')
    .select('tag')
    .where('org', '=', org)
    .where('n', '=', n)
    .executeTakeFirst();
  return row?.tag === tag;
}

async function after(db: Kysely<Database>, place: FeedPlace, caller: Caller) {
  const rows = await db
    .withSchema(SCHEMA)
    .selectFrom('feed')
    .select(['n', 'tag', 'audience', 'item'])
    .where('org', '=', place.org)
    .where('n', '>', place.n)
    .orderBy('n')
    .limit(PAGE)
    .execute();
  const mine = new Set(['all', `member:${caller.id}`]);
  if (caller.tokenId !== '') mine.add(`token:${caller.tokenId}`);
  if (includesRole(caller.role, 'lead')) mine.add('leads');
  const items: FeedItem[] = rows
    .filter((row) => mine.has(row.audience))
    .map((row) => feedItem.parse(JSON.parse(row.item)));
  const last = rows.at(-1);
  return { items, place: last === undefined ? place : { ...place, n: last.n, tag: last.tag } };
}

/** Who asks, a while after they were admitted; null when they would not be any more. */
async function callerStill(service: Admission, request: Request): Promise<Caller | null> {
  try {
    return await callerOf(service, request.headers.get('Authorization') ?? undefined);
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'unavailable') return null;
    throw error;
  }
}

/** What devices must hear of, in the order of commits. Waits for something new when there is nothing. */
export const feedRoute = memberRoute({
  id: 'feed.read',
  method: 'GET',
  path: PATHS.feed,
  summary: 'What changed since a cursor; waits up to 20 s for something',
  least: 'reviewer',
  query: feedQuery,
  reply: feedReply,
  problems: ['cursor'],
  async handle({ service, caller, query, request }) {
    const { db, feed, metrics } = service;
    const resync = async () => ({
      items: [{ kind: 'resync' as const }],
      cursor: cursorOf(await endOf(db, caller.org)),
    });
    if (query.cursor === undefined) return resync();
    let place = readCursor(query.cursor);
    if (place === null || place.org !== caller.org) throw new Refusal('cursor');
    if (!(await isThere(db, place))) return resync();

    const end = performance.now() + query.wait * 1000;
    let reader = caller;
    for (;;) {
      const found = await after(db, place, reader);
      const isOver = performance.now() >= end || request.signal.aborted;
      const isDone = isOver || service.stopping?.aborted === true;
      if (found.items.length > 0 || isDone)
        return { items: found.items, cursor: cursorOf(found.place) };
      ({ place } = found);
      metrics.waiting(1);
      await feed
        .until(place.org, place.n, Math.max(0, end - performance.now()), request.signal)
        .finally(() => metrics.waiting(-1));
      // Who waits may have got another role, or none, since they were admitted.
      const now = await callerStill(service, request);
      if (now === null) return { items: [{ kind: 'signout' as const }], cursor: cursorOf(place) };
      reader = now;
    }
  },
});
