import * as z from 'zod/mini';
import { headField, hashField, keyIdField, seqField, timeField } from './fields.ts';
import { MAX_PUSH_EVENTS } from './limits.ts';
import { receipt } from './receipt.ts';

/** Body of a push. Raw events travel as JSON strings, so that their bytes survive. */
export const pushRequest = z.object({
  /** Number of the first event. */
  from: seqField,
  events: z.array(z.string()).check(z.minLength(1), z.maxLength(MAX_PUSH_EVENTS)),
});
export type PushRequest = z.infer<typeof pushRequest>;

/** Answer to a push, given only after the commit. `head` is the collector's, and it is the authority. */
export const pushReply = z.object({ head: headField, receipt, serverTime: timeField });

/** The keys that a collector signs receipts with, the one in use first. */
export const keysReply = z.object({
  keys: z
    .array(z.object({ id: keyIdField, alg: z.literal('Ed25519'), publicKey: z.string() }))
    .check(z.minLength(1), z.maxLength(20)),
});

/** Body of a connection test: a text that only this test knows. */
export const echoRequest = z.object({
  nonce: z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/)),
});

/** Answer to a connection test: `nonce` as it was read back from the collector's database. */
export const echoReply = z.object({
  nonce: z.string().check(z.maxLength(64)),
  stored: z.boolean(),
  serverTime: timeField,
  protocol: z.int(),
  /** Name of the key that receipts are signed with. */
  collector: keyIdField,
});
export type EchoReply = z.infer<typeof echoReply>;

/** The last entry of a log. */
export const logHeadReply = z.object({ head: headField });

/** One page of stored events, for auditors. */
export const eventsReply = z.object({
  events: z.array(
    z.object({
      seq: seqField,
      hash: hashField,
      raw: z.string(),
      receivedAt: timeField,
      /** False for types that the collector did not know when it stored them. */
      known: z.boolean(),
    }),
  ),
  /** Where the next page begins; null after the last. */
  next: z.nullable(seqField),
});
