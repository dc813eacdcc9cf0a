import * as z from 'zod/mini';
import { assessment, source } from '../domain/assessment.ts';
import { bound } from '../domain/bound.ts';

/** What stood before the person who decided: text, flags, gate lines, policy. Erasable content. */
const seenAtDecision = z.object({
  /** The draft as painted. */
  draft: z.string(),
  bound,
  assessment: z.nullable(assessment),
  policyVersion: z.number(),
  /** The sources without their text; the assessment holds the quotes. */
  sources: z.array(z.omit(source, { text: true })),
});
export type SeenAtDecision = z.infer<typeof seenAtDecision>;

/** The `field` under which it is stored and committed to. */
export const SEEN_FIELD = 'seen';

/** Reads a stored `seen` text; null when it is not one (an older form, or changed by someone). */
export function readSeen(text: string): SeenAtDecision | null {
  try {
    const parsed = seenAtDecision.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
