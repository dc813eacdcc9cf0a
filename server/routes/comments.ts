import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { commitmentOf, SALT_BYTES } from '../../lib/audit/commitment.ts';
import { toBase64Url } from '../../lib/protocol/base64.ts';
import { comment, commentsQuery, commentsReply, newComment } from '../../lib/protocol/history.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { includesRole } from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA, type Database } from '../db/schema.ts';
import { changeOrg } from '../org/change-org.ts';
import { Refusal } from '../refusal.ts';

/** Longest comment in bytes, as JSON of the worst kind, with the rest of the request. */
const MAX_BYTES = 32 * 1024;
const COLUMNS = ['id', 'member', 'text', 'salt', 'created_at as createdAt'] as const;

async function entryAt(db: Kysely<Database>, place: { org: string; logid: string; seq: number }) {
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('history')
    .select(['member', 'item'])
    .where('org', '=', place.org)
    .where('logid', '=', place.logid)
    .where('seq', '=', place.seq)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return row;
}

/** Remarks on entries of the history. The log holds a commitment, so a text can be erased. */
export const commentRoutes = [
  memberRoute({
    id: 'comments.add',
    method: 'POST',
    path: PATHS.comments,
    summary: 'Adds a remark to an entry of the history',
    least: 'lead',
    body: { schema: newComment, max: MAX_BYTES },
    reply: comment,
    problems: ['not-found', 'key-reused'],
    handle: ({ service, caller, body }) =>
      changeOrg(service, caller, async ({ tx, at, record }) => {
        const { org } = caller;
        const { id, logid, seq, text } = body;
        const rows = tx.withSchema(SCHEMA);
        const entry = await entryAt(tx, { org, logid, seq });
        const held = await rows
          .selectFrom('comments')
          .select([...COLUMNS, 'logid', 'seq'])
          .where('org', '=', org)
          .where('id', '=', id)
          .executeTakeFirst();
        if (held !== undefined) {
          const { logid: heldLog, seq: heldSeq, ...rest } = held;
          const isSame = rest.text === text && rest.member === caller.id;
          if (!isSame || heldLog !== logid || heldSeq !== seq) throw new Refusal('key-reused');
          return rest;
        }
        const salt = randomBytes(SALT_BYTES);
        const row = { id, member: caller.id, text, salt: toBase64Url(salt) };
        const createdAt = new Date(at).toISOString();
        await rows
          .insertInto('comments')
          .values({ org, logid, seq, ...row, created_at: createdAt })
          .execute();
        await record({
          type: 'comment.added',
          itemId: entry.item,
          data: {
            commentId: id,
            logid,
            seq,
            comment: { commitment: commitmentOf('comment', salt, text), length: text.length },
          },
        });
        return { ...row, createdAt };
      }),
  }),
  memberRoute({
    id: 'comments.list',
    method: 'GET',
    path: PATHS.comments,
    summary: 'The remarks on an entry: for leads, and for whoever made the entry',
    least: 'reviewer',
    query: commentsQuery,
    reply: commentsReply,
    problems: ['not-found'],
    async handle({ service: { db }, caller, query: { logid, seq } }) {
      const entry = await entryAt(db, { org: caller.org, logid, seq });
      if (entry.member !== caller.id && !includesRole(caller.role, 'lead'))
        throw new Refusal('not-found');
      const comments = await db
        .withSchema(SCHEMA)
        .selectFrom('comments')
        .select(COLUMNS)
        .where('org', '=', caller.org)
        .where('logid', '=', logid)
        .where('seq', '=', seq)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return { comments };
    },
  }),
];
