import { MAX_SMALL_BYTES, PROTOCOL } from '../../lib/protocol/limits.ts';
import { echoReply, echoRequest } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { memberRoute } from '../api/route.ts';
import { SCHEMA } from '../db/schema.ts';

/** How long a test's text is kept, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** The connection test: stores the caller's text, reads it back, and answers with what was read. */
export const testRoute = memberRoute({
  id: 'connection.test',
  method: 'POST',
  path: PATHS.test,
  summary: 'Stores a text and answers with what was read back',
  least: 'reviewer',
  body: { schema: echoRequest, max: MAX_SMALL_BYTES },
  reply: echoReply,
  async handle({ service, caller: { org }, body: { nonce } }) {
    const rows = service.db.withSchema(SCHEMA);
    const at = service.now();
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
    return {
      nonce: read?.nonce ?? '',
      stored: read !== undefined,
      serverTime: new Date(service.now()).toISOString(),
      protocol: PROTOCOL,
      collector: service.key.id,
    };
  },
});
