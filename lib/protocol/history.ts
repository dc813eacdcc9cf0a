import * as z from 'zod/mini';
import { hashField, logidField, seqField, timeField } from './fields.ts';
import { idField } from './team.ts';

/** Types of events that a team's history lists: what people decided, and what left without. */
export const historyOutcome = z.enum([
  'decision.approved',
  'decision.edited',
  'decision.rejected',
  'decision.sent-back',
  'decision.escalated',
  'decision.deferred',
  'decision.abstained',
  'decision.undone',
  'release.human',
  'send.unreviewed',
  'delivery.match',
  'delivery.drifted',
]);

/** Most entries of one page. */
export const MAX_HISTORY_PAGE = 200;
/** Longest site or item id that is searched by, in UTF-8 bytes; a longer one is listed without it. */
export const MAX_SEARCHED = 400;

/** One entry: the raw event, who brought it, and when. */
export const historyEntry = z.object({
  logid: logidField,
  seq: seqField,
  hash: hashField,
  raw: z.string(),
  /** The member whose token brought it; '' for what came before members were kept. */
  member: z.string(),
  receivedAt: timeField,
});

/** Newest first, by the time that the device wrote. */
export const historyReply = z.object({
  entries: z.array(historyEntry),
  /** What to ask the next page with; null after the last. */
  next: z.nullable(z.string()),
});

const decimal = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/)),
  z.transform((text) => Number(text)),
);
const searched = z.string().check(z.minLength(1), z.maxLength(MAX_SEARCHED));

/** A search; every part narrows it. Times are milliseconds since 1970, `until` is not included. */
export const historyQuery = z.object({
  member: z.optional(idField),
  outcome: z.optional(historyOutcome),
  site: z.optional(searched),
  item: z.optional(searched),
  since: z.optional(decimal),
  until: z.optional(decimal),
  cursor: z.optional(z.string().check(z.regex(/^-?\d{1,16}\.[0-9a-f-]{36}\.\d{1,16}$/))),
  limit: z._default(z.pipe(decimal, z.int().check(z.gte(1), z.lte(MAX_HISTORY_PAGE))), 50),
});

/** Longest comment, in characters. */
const MAX_COMMENT = 4000;
const commentText = z.string().check(
  z.maxLength(MAX_COMMENT),
  z.refine((text) => text.trim() !== '' && text.isWellFormed() && !text.includes('\0')),
);

/** A remark of a lead on an entry. `id` is the asker's, so that a repeated request is the same comment. */
export const newComment = z.object({
  id: idField,
  logid: logidField,
  seq: seqField,
  text: commentText,
});

export const comment = z.object({
  id: idField,
  member: idField,
  text: commentText,
  /** Opens the commitment in the event `comment.added`; base64url of 32 bytes. */
  salt: z.string(),
  createdAt: timeField,
});

export const commentsReply = z.object({ comments: z.array(comment) });

export const commentsQuery = z.object({ logid: logidField, seq: z.pipe(decimal, seqField) });
