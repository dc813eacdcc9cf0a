import * as z from 'zod/mini';
import { MAX_FEED_WAIT_S } from './limits.ts';
import { idField, role } from './team.ts';

/** What became of a case. */
export const caseNews = z.enum([
  'opened',
  'claimed',
  'assigned',
  'released',
  'resolved',
  'taken-back',
]);

/** One thing that a device must hear of. A kind that a device does not know, it skips. */
export const feedItem = z.discriminatedUnion('kind', [
  /** Another policy is in force: ask for it. */
  z.object({ kind: z.literal('policy'), version: z.int() }),
  /** The reader has another role. */
  z.object({ kind: z.literal('role'), role }),
  /** The reader's access has ended: hold drafts, keep events, forget the token. */
  z.object({ kind: z.literal('signout') }),
  z.object({
    kind: z.literal('case'),
    caseId: idField,
    itemId: z.string(),
    news: caseNews,
    version: z.int(),
  }),
  /** Everything may be different: ask for all of it again. */
  z.object({ kind: z.literal('resync') }),
]);
export type FeedItem = z.infer<typeof feedItem>;

/** A reply as a device reads it: items of kinds that it does not know are left out. */
export const readableFeed = z.object({
  items: z.pipe(
    z.array(z.unknown()),
    z.transform((items) =>
      items.flatMap((item) => {
        const known = feedItem.safeParse(item);
        return known.success ? [known.data] : [];
      }),
    ),
  ),
  cursor: z.string(),
});

export const feedReply = z.object({
  items: z.array(feedItem),
  /** What to ask with next. */
  cursor: z.string(),
});

/** A place in a feed: organisation, number, and the item's own mark; '0' before the first. */
const CURSOR = /^([a-z0-9-]{1,40})\.(\d{1,15})\.([0-9a-f]{1,8})$/;

export const feedQuery = z.object({
  cursor: z.optional(z.string().check(z.regex(CURSOR))),
  /** Longest wait for something new, in seconds. */
  wait: z._default(
    z.pipe(
      z.string().check(z.regex(/^\d{1,2}$/)),
      z.pipe(z.transform(Number), z.int().check(z.gte(0), z.lte(MAX_FEED_WAIT_S))),
    ),
    0,
  ),
});

/** Where in a feed a reader is. */
export interface FeedPlace {
  org: string;
  n: number;
  tag: string;
}

/** Mark of the place before the first item. */
export const FEED_START = '0';

export const cursorOf = ({ org, n, tag }: FeedPlace): string => `${org}.${n}.${tag}`;

/** Reads a cursor; null when it is none. */
export function readCursor(text: string): FeedPlace | null {
  const [, org, n, tag] = CURSOR.exec(text) ?? [];
  if (org === undefined || n === undefined || tag === undefined) return null;
  return { org, n: Number(n), tag };
}
