import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { logidField, seqField } from '../../lib/protocol/fields.ts';
import type { EventsReply } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import type { Collector } from '../app.ts';
import { callerOrg } from '../caller.ts';
import { SCHEMA } from '../db/schema.ts';
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

/** What is stored, for auditors: the head of a log, and its events as they came. */
export function logRoutes(app: Hono, collector: Collector): void {
  const rows = collector.db.withSchema(SCHEMA);

  app.get(PATHS.log(':logid'), async (context) => {
    const org = await callerOrg(context, collector);
    const logid = logidField.safeParse(context.req.param('logid'));
    if (!logid.success) throw new Refusal('request-invalid');
    const row = await rows
      .selectFrom('logs')
      .select(['head_seq', 'head_hash'])
      .where('org', '=', org)
      .where('logid', '=', logid.data)
      .executeTakeFirst();
    if (row === undefined) throw new Refusal('not-found');
    return context.json({ head: { seq: row.head_seq, hash: row.head_hash } });
  });

  app.get(PATHS.events(':logid'), async (context) => {
    const org = await callerOrg(context, collector);
    const logid = logidField.safeParse(context.req.param('logid'));
    const page = query.safeParse(context.req.query());
    if (!logid.success || !page.success) throw new Refusal('request-invalid');
    const { from, limit } = page.data;
    const found = await rows
      .selectFrom('events')
      .select(['seq', 'hash', 'raw', 'received_at', 'known'])
      .where('org', '=', org)
      .where('logid', '=', logid.data)
      .where('seq', '>=', from)
      .orderBy('seq')
      .limit(limit + 1)
      .execute();
    const events = found.slice(0, limit).map(({ received_at, ...event }) => ({
      ...event,
      receivedAt: received_at,
    }));
    const reply: EventsReply = { events, next: found[limit]?.seq ?? null };
    return context.json(reply);
  });
}
