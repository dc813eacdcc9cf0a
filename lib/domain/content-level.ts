import * as z from 'zod/mini';

/**
 * How much of what people read and wrote goes to the collector: `ids` only ids, decisions and salted
 * fingerprints; `edits` also what an edit changed, and the note; `full` also draft, edited text and the
 * passages quoted from sources. Always redacted; webhook and OTLP get `ids` whatever is set.
 */
export const contentLevel = z.enum(['ids', 'edits', 'full']);
export type ContentLevel = z.infer<typeof contentLevel>;

/** The level that lets less leave. */
export function lesserLevel(one: ContentLevel, other: ContentLevel): ContentLevel {
  const { options } = contentLevel;
  return options.indexOf(one) < options.indexOf(other) ? one : other;
}

/** Days that texts are kept: on a device after the work on them ended, at a collector after they came. */
export const contentDays = z.int().check(z.gte(1), z.lte(3650));

/** Unless somebody says otherwise. */
export const DEFAULT_CONTENT_DAYS = 90;
