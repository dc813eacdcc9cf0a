import * as z from 'zod/mini';
import type { TapMessage } from '../tap/messages.ts';
import { wholeNumber } from './whole-number.ts';

const id = wholeNumber.check(z.nonnegative());
const at = z.number().check(z.nonnegative());

/** Chunks as browsers give them are a few hundred kilobytes at most. */
const MAX_CHUNK = 16_777_216;

/**
 * The tap's messages by their tag. All of one is checked: any script of the page can send what looks like
 * the tap's, with whatever values it likes.
 */
const tapMessages = {
  head: z.object({
    t: z.literal('head'),
    id,
    url: z.string().check(z.maxLength(4000)),
    contentType: z.string().check(z.maxLength(200)),
    status: wholeNumber.check(z.nonnegative()),
    asked: z.boolean(),
    sentAt: at,
  }),
  data: z.object({
    t: z.literal('data'),
    id,
    at,
    bytes: z
      .custom<Uint8Array>((value) => value instanceof Uint8Array)
      .check(z.refine((bytes) => bytes.byteLength <= MAX_CHUNK)),
  }),
  text: z.object({ t: z.literal('text'), id, at, text: z.string().check(z.maxLength(MAX_CHUNK)) }),
  end: z.object({
    t: z.literal('end'),
    id,
    at,
    how: z.enum(['end', 'cancel', 'error', 'limit']),
    cloned: z.boolean(),
  }),
} as const;

const tagged = z.object({ t: z.enum(['head', 'data', 'text', 'end']) });

/** A message of the tap, or null when it is none. */
export function readTapMessage(value: unknown): TapMessage | null {
  const tag = tagged.safeParse(value);
  if (!tag.success) return null;
  const read = tapMessages[tag.data.t].safeParse(value);
  return read.success ? read.data : null;
}

/** Roughly how much a message carries, in bytes. */
export function weightOf(message: TapMessage): number {
  if (message.t === 'data') return message.bytes.byteLength;
  return message.t === 'text' ? message.text.length : 100;
}
