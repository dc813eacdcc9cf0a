import * as z from 'zod/mini';
import { logidField, seqField, timeField } from './fields.ts';

/** Largest body of contents, in bytes. */
export const MAX_CONTENTS_BYTES = 2 * 1024 * 1024;
/** Most entries of one request. */
export const MAX_CONTENT_ENTRIES = 50;
/** Longest text of one field, in UTF-16 units: a list of changes or passages has signs of its own. */
const MAX_TEXT = 600_000;

/** PostgreSQL takes no zero byte, and UTF-8 no lone surrogate. */
const text = z.string().check(
  z.maxLength(MAX_TEXT),
  z.refine((value) => value.isWellFormed() && !value.includes('\0')),
);

/**
 * A text of an entry, redacted on the device. `edit` is what the edit changed, as JSON: a list of
 * `{"removed"}`, `{"added"}` and `{"kept": words}`; `quotes` a JSON list of passages of sources.
 */
export const contentField = z.enum(['draft', 'edited', 'note', 'edit', 'quotes']);

export const content = z.strictObject({
  field: contentField,
  /** A commitment that the entry names: of what the device holds, before anything was taken out. */
  commitment: z.string().check(z.regex(/^cs1:[A-Za-z0-9_-]{43}$/)),
  text,
  /** Lower-case hex; null where the text is not what was committed to, so that nothing can be tried. */
  salt: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  /** Whether the end of a long text is missing. */
  cut: z.boolean(),
  /** What was taken out: how many of each kind. */
  redactions: z.record(z.string().check(z.regex(/^[a-z][a-z-]{0,30}$/)), z.int().check(z.gte(1))),
});

/** At `ids` nothing is sent. */
const sentLevel = z.enum(['edits', 'full']);

/** The texts of one entry, each field at most once. */
const contentEntry = z.strictObject({
  seq: seqField,
  /** What was allowed to leave when the entry was written and still is. */
  level: sentLevel,
  contents: z.array(content).check(
    z.minLength(1),
    z.maxLength(contentField.options.length),
    z.refine((list) => new Set(list.map(({ field }) => field)).size === list.length),
  ),
});
export type ContentEntry = z.infer<typeof contentEntry>;

/** Texts of entries of one log that the collector holds already. */
export const contentsRequest = z.strictObject({
  logid: logidField,
  entries: z.array(contentEntry).check(z.minLength(1), z.maxLength(MAX_CONTENT_ENTRIES)),
});
export type ContentsRequest = z.infer<typeof contentsRequest>;

/** Answer after the commit: how many texts are new; the others were held. */
export const contentsStored = z.object({ stored: z.int().check(z.gte(0)) });

export const contentsQuery = z.object({
  logid: logidField,
  seq: z.pipe(
    z.string().check(z.regex(/^\d{1,15}$/)),
    z.transform((digits) => Number(digits)),
  ),
});

/** The texts of one entry that are still held. */
export const contentsReply = z.object({
  contents: z.array(z.extend(content, { level: sentLevel, receivedAt: timeField })),
});
