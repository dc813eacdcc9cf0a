import * as z from 'zod/mini';
import type { TapMessage } from '../tap/messages.ts';

const id = z.int().check(z.positive());
const at = z.number().check(z.nonnegative());

/** Chunks as browsers give them are a few hundred kilobytes at most. */
const MAX_CHUNK = 16_777_216;

/** The tap's messages, checked anew: any script of the page can send the same or worse. */
const tapMessage = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('head'),
    id,
    url: z.string().check(z.maxLength(4000)),
    contentType: z.string().check(z.maxLength(200)),
    status: z.int().check(z.nonnegative()),
    asked: z.boolean(),
    sentAt: at,
  }),
  z.object({
    t: z.literal('data'),
    id,
    at,
    bytes: z
      .custom<Uint8Array>((value) => value instanceof Uint8Array)
      .check(z.refine((bytes) => bytes.byteLength <= MAX_CHUNK)),
  }),
  z.object({ t: z.literal('text'), id, at, text: z.string().check(z.maxLength(MAX_CHUNK)) }),
  z.object({
    t: z.literal('end'),
    id,
    at,
    how: z.enum(['end', 'cancel', 'error', 'limit']),
    cloned: z.boolean(),
  }),
]);

/** A message of the tap, or null when it is none. */
export function readTapMessage(value: unknown): TapMessage | null {
  const read = tapMessage.safeParse(value);
  return read.success ? read.data : null;
}

/** Roughly how much a message carries, in bytes. */
export function weightOf(message: TapMessage): number {
  if (message.t === 'data') return message.bytes.byteLength;
  return message.t === 'text' ? message.text.length : 100;
}
