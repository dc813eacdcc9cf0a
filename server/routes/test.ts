import type { Hono } from 'hono';
import { MAX_SMALL_BYTES, PROTOCOL } from '../../lib/protocol/limits.ts';
import { echoRequest, type EchoReply } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import type { Collector } from '../app.ts';
import { callerOrg } from '../caller.ts';
import { SCHEMA } from '../db/schema.ts';
import { readJson } from '../read-body.ts';
import { Refusal } from '../refusal.ts';

/** How long a test's text is kept, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** The connection test: stores the caller's text, reads it back, and answers with what was read. */
export function testRoute(app: Hono, collector: Collector): void {
  app.post(PATHS.test, async (context) => {
    const org = await callerOrg(context, collector);
    const json = await readJson(context.req.raw, {
      type: 'application/json',
      max: MAX_SMALL_BYTES,
      digest: 'optional',
    });
    const request = echoRequest.safeParse(json);
    if (!request.success) throw new Refusal('request-invalid');
    const { nonce } = request.data;
    const rows = collector.db.withSchema(SCHEMA);
    const at = collector.now();
    await rows
      .insertInto('echoes')
      .values({ org, nonce, at: new Date(at).toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const read = await rows
      .selectFrom('echoes')
      .select('nonce')
      .where('org', '=', org)
      .where('nonce', '=', nonce)
      .executeTakeFirst();
    await rows
      .deleteFrom('echoes')
      .where('org', '=', org)
      .where('at', '<', new Date(at - KEPT_MS).toISOString())
      .execute();
    const reply: EchoReply = {
      nonce: read?.nonce ?? '',
      stored: read !== undefined,
      serverTime: new Date(collector.now()).toISOString(),
      protocol: PROTOCOL,
      collector: collector.key.id,
    };
    return context.json(reply);
  });
}
