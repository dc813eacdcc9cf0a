import * as z from 'zod/mini';
import { logidField } from '../../lib/protocol/fields.ts';
import { IDEMPOTENCY_HEADER, idempotencyKey, PUSH_TYPE } from '../../lib/protocol/headers.ts';
import { MAX_PUSH_BYTES } from '../../lib/protocol/limits.ts';
import { pushReply, pushRequest } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { acceptBatch } from '../accept-batch.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA } from '../db/schema.ts';
import { Refusal } from '../refusal.ts';
import { storeBatch } from '../store-batch.ts';

/** Pushes that this process is at. Another process is kept apart by the lock on the log's row. */
const underWay = new Set<string>();

/** Takes events of a log. Answers 200 only after the commit, with a signed receipt. */
export const pushRoute = memberRoute({
  id: 'events.push',
  method: 'POST',
  path: PATHS.events(':logid'),
  summary: 'Adds events to a log and answers with a signed receipt',
  least: 'reviewer',
  params: z.object({ logid: logidField }),
  body: { schema: pushRequest, type: PUSH_TYPE, max: MAX_PUSH_BYTES, digest: 'required' },
  reply: pushReply,
  problems: ['gap', 'fork', 'in-progress', 'key-reused', 'envelope-invalid'],
  async handle({ service, caller, params: { logid }, body, request }) {
    const { db, key, now, metrics } = service;
    const { org } = caller;
    const batch = acceptBatch(logid, body);
    const last = batch.at(-1) ?? batch[0];
    const name = request.headers.get(IDEMPOTENCY_HEADER);
    // The key is made of what is pushed, so one that does not fit belongs to another push.
    if (name !== idempotencyKey(logid, body.from, last.seq, last.hash)) {
      throw new Refusal('key-reused');
    }
    // The collector's own log of the organisation: nobody else writes it, whoever they are.
    const own = await db
      .withSchema(SCHEMA)
      .selectFrom('orgs')
      .select('org')
      .where('org', '=', org)
      .where('logid', '=', logid)
      .executeTakeFirst();
    if (own !== undefined) throw new Refusal('forbidden');
    const mine = `${key.id} ${org} ${name}`;
    if (underWay.has(mine)) throw new Refusal('in-progress');
    underWay.add(mine);
    try {
      const receivedAt = new Date(now()).toISOString();
      const place = { org, logid, member: caller.id };
      const { head, added } = await storeBatch(db, place, batch, receivedAt);
      metrics.events(added);
      const receipt = key.sign({ org, logid, ...head, eventsCount: added, receivedAt });
      return { head, receipt, serverTime: new Date(now()).toISOString() };
    } finally {
      underWay.delete(mine);
    }
  },
});
