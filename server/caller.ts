import type { Context } from 'hono';
import { PROTOCOL_HEADER } from '../lib/protocol/headers.ts';
import { PROTOCOL } from '../lib/protocol/limits.ts';
import type { Collector } from './app.ts';
import { Refusal } from './refusal.ts';
import { orgOf } from './tokens.ts';

/** The organisation that asks. Throws `Refusal`: no good token, or a protocol that is not spoken here. */
export async function callerOrg(context: Context, { db }: Collector): Promise<string> {
  const org = await orgOf(db, context.req.header('Authorization'));
  if (org === null) throw new Refusal('unauthenticated');
  if (context.req.header(PROTOCOL_HEADER) !== String(PROTOCOL)) {
    throw new Refusal('protocol', { min: PROTOCOL, max: PROTOCOL });
  }
  return org;
}
