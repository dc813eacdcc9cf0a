import type { Hono } from 'hono';
import { logidField } from '../../lib/protocol/fields.ts';
import { IDEMPOTENCY_HEADER, idempotencyKey, PUSH_TYPE } from '../../lib/protocol/headers.ts';
import { MAX_PUSH_BYTES } from '../../lib/protocol/limits.ts';
import { pushRequest, type PushReply } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { acceptBatch } from '../accept-batch.ts';
import type { Collector } from '../app.ts';
import { callerOrg } from '../caller.ts';
import { readJson } from '../read-body.ts';
import { Refusal } from '../refusal.ts';
import { storeBatch } from '../store-batch.ts';

/** Takes events of a log. Answers 200 only after the commit, with a signed receipt. */
export function pushRoute(app: Hono, collector: Collector): void {
  const { db, key } = collector;
  /** Pushes that this process is at. Another process is kept apart by the lock on the log's row. */
  const underWay = new Set<string>();

  app.post(PATHS.events(':logid'), async (context) => {
    const org = await callerOrg(context, collector);
    const logid = logidField.safeParse(context.req.param('logid'));
    if (!logid.success) throw new Refusal('request-invalid');
    const json = await readJson(context.req.raw, {
      type: PUSH_TYPE,
      max: MAX_PUSH_BYTES,
      digest: 'required',
    });
    const request = pushRequest.safeParse(json);
    if (!request.success) throw new Refusal('request-invalid');
    const batch = acceptBatch(logid.data, request.data);
    const last = batch.at(-1) ?? batch[0];
    const name = context.req.header(IDEMPOTENCY_HEADER);
    // The key is made of what is pushed, so one that does not fit belongs to another push.
    if (name !== idempotencyKey(logid.data, request.data.from, last.seq, last.hash)) {
      throw new Refusal('key-reused');
    }
    const mine = `${org} ${name}`;
    if (underWay.has(mine)) throw new Refusal('in-progress');
    underWay.add(mine);
    try {
      const receivedAt = new Date(collector.now()).toISOString();
      const { head, added } = await storeBatch(db, { org, logid: logid.data }, batch, receivedAt);
      const receipt = key.sign({
        org,
        logid: logid.data,
        ...head,
        eventsCount: added,
        receivedAt,
      });
      const reply: PushReply = {
        head,
        receipt,
        serverTime: new Date(collector.now()).toISOString(),
      };
      return context.json(reply);
    } finally {
      underWay.delete(mine);
    }
  });
}
