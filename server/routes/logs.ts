import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import { logidField, seqField } from '../../lib/protocol/fields.ts';
import { eventsReply, logHeadReply } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { includesRole } from '../../lib/protocol/team.ts';
import { memberRoute } from '../api/route.ts';
import type { Caller } from '../caller.ts';
import { SCHEMA, type Database } from '../db/schema.ts';
import { Refusal } from '../refusal.ts';

/** Events of one page, unless fewer are asked for. */
const PAGE = 100;
const MAX_PAGE = 500;

const decimal = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/)),
  z.transform((text) => Number(text)),
);
const query = z.object({
  from: z._default(z.pipe(decimal, seqField), 0),
  limit: z._default(z.pipe(decimal, z.int().check(z.gte(1), z.lte(MAX_PAGE))), PAGE),
});
const params = z.object({ logid: logidField });

/** The log's row if the caller may read it: reviewers read the logs that they began, leads all. */
async function readableLog(db: Kysely<Database>, caller: Caller, logid: string) {
  const row = await db
    .withSchema(SCHEMA)
    .selectFrom('logs')
    .select(['head_seq', 'head_hash', 'member'])
    .where('org', '=', caller.org)
    .where('logid', '=', logid)
    .executeTakeFirst();
  return row !== undefined && (row.member === caller.id || includesRole(caller.role, 'lead'))
    ? row
    : null;
}

/** What is stored: the head of a log, and its events as they came. */
export const logRoutes = [
  memberRoute({
    id: 'log.read',
    method: 'GET',
    path: PATHS.log(':logid'),
    summary: 'The last entry of a log',
    least: 'reviewer',
    params,
    reply: logHeadReply,
    problems: ['not-found'],
    async handle({ service, caller, params: { logid } }) {
      const row = await readableLog(service.db, caller, logid);
      if (row === null) throw new Refusal('not-found');
      return { head: { seq: row.head_seq, hash: row.head_hash } };
    },
  }),
  memberRoute({
    id: 'events.read',
    method: 'GET',
    path: PATHS.events(':logid'),
    summary: 'Stored events of a log, for auditors',
    least: 'reviewer',
    params,
    query,
    reply: eventsReply,
    async handle({ service, caller, params: { logid }, query: { from, limit } }) {
      if ((await readableLog(service.db, caller, logid)) === null)
        return { events: [], next: null };
      const found = await service.db
        .withSchema(SCHEMA)
        .selectFrom('events')
        .select(['seq', 'hash', 'raw', 'received_at as receivedAt', 'known'])
        .where('org', '=', caller.org)
        .where('logid', '=', logid)
        .where('seq', '>=', from)
        .orderBy('seq')
        .limit(limit + 1)
        .execute();
      return { events: found.slice(0, limit), next: found[limit]?.seq ?? null };
    },
  }),
];
