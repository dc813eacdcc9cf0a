import { sql } from 'kysely';
import * as z from 'zod/mini';
import { keyIdField } from '../../lib/protocol/fields.ts';
import { PROTOCOL } from '../../lib/protocol/limits.ts';
import { keysReply } from '../../lib/protocol/messages.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { openRoute } from '../api/route.ts';
import { errorFields } from '../log.ts';
import { Refusal } from '../refusal.ts';

/** What anyone may ask: whether the collector and its database work, and its public key. */
export const healthRoutes = [
  openRoute({
    id: 'health.read',
    method: 'GET',
    path: PATHS.health,
    summary: 'Whether the collector and its database work',
    reply: z.object({ ok: z.literal(true), protocol: z.int(), collector: keyIdField }),
    problems: ['unavailable'],
    async handle({ db, key, log }) {
      try {
        await sql`SELECT 1`.execute(db);
      } catch (error) {
        log('error', 'unhealthy', errorFields(error));
        throw new Refusal('unavailable');
      }
      return { ok: true as const, protocol: PROTOCOL, collector: key.id };
    },
  }),
  openRoute({
    id: 'keys.read',
    method: 'GET',
    path: PATHS.keys,
    summary: 'The public keys that receipts and policies are signed with',
    reply: keysReply,
    handle: ({ key }) => ({
      keys: [{ id: key.id, alg: 'Ed25519' as const, publicKey: key.publicKey }],
    }),
  }),
  openRoute({
    id: 'metrics.read',
    method: 'GET',
    path: PATHS.metrics,
    summary: 'Counters of this process in the text format of Prometheus',
    async handle({ metrics }) {
      const { text, type } = await metrics.read();
      return new Response(text, { headers: { 'Content-Type': type } });
    },
  }),
];
