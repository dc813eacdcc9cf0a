import * as z from 'zod/mini';

/** A call on the wire. The number is the contract version: a mismatch is refused, never guessed. */
export const callEnvelope = z.object({
  countersign: z.literal(1),
  name: z.string().check(z.maxLength(60)),
  request: z.unknown(),
});

/** A reply on the wire: a value, or why there is none. */
export const replyEnvelope = z.union([
  z.object({ ok: z.literal(true), reply: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.enum(['refused', 'failed']), detail: z.string() }),
]);
export type ReplyEnvelope = z.infer<typeof replyEnvelope>;
