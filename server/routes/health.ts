import { sql } from 'kysely';
import type { Hono } from 'hono';
import { PROTOCOL } from '../../lib/protocol/limits.ts';
import type { KeysReply } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import type { Collector } from '../app.ts';
import { errorFields } from '../log.ts';
import { Refusal } from '../refusal.ts';

/** What anyone may ask: whether the collector and its database work, and its public key. */
export function healthRoutes(app: Hono, { db, key, log }: Collector): void {
  app.get(PATHS.health, async (context) => {
    try {
      await sql`SELECT 1`.execute(db);
    } catch (error) {
      log('error', 'unhealthy', errorFields(error));
      throw new Refusal('unavailable');
    }
    return context.json({ ok: true, protocol: PROTOCOL, collector: key.id });
  });
  app.get(PATHS.keys, (context) => {
    const reply: KeysReply = {
      keys: [{ id: key.id, alg: 'Ed25519', publicKey: key.publicKey }],
    };
    return context.json(reply);
  });
}
