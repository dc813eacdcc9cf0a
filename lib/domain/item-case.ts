import * as z from 'zod/mini';
import { assessment, gateLine } from './assessment.ts';
import { bound } from './bound.ts';
import { reasonCode } from './decision.ts';

/** Hours until an answer of the leads is due; 0 for never. */
export const caseDueHours = z.int().check(z.gte(0), z.lte(336));

/** Somebody of the team: id and name as the collector gives them. */
export const person = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;

/** What leads answered, as the author's device took it. */
export const caseAnswer = z.object({
  decisionId: z.string(),
  outcome: z.enum(['approve', 'edit', 'reject', 'send-back']),
  by: person,
  /** As the collector wrote it, milliseconds since 1970. */
  at: z.number(),
  reasons: z.array(reasonCode),
  note: z.string(),
  /**
   * Why nothing of it was done here, '' when it was: `changed`: the draft is another by now; `other-text`:
   * it is about another text; `second-person`: the item is locked, and its author decided it.
   */
  refused: z.enum(['', 'changed', 'other-text', 'second-person']),
});

/** An escalation at the collector, as this device last heard of it. */
export const itemCase = z.object({
  caseId: z.string(),
  /** The collector that keeps it. */
  endpoint: z.string(),
  author: person,
  /** Who took it; null for nobody. */
  holder: z.nullable(person),
  /** Until when it is theirs, milliseconds since 1970. */
  heldUntil: z.nullable(z.number()),
  /** When an answer is due, milliseconds since 1970; null for never. */
  dueAt: z.nullable(z.number()),
  /** 0 until the collector has it. */
  version: z.int(),
  /** `boundHash` of what was handed over. */
  shownHash: z.string(),
  /** What the author wrote to the leads. */
  note: z.string(),
  answer: z.nullable(caseAnswer),
  /** Why the collector did not take it for good, as a code; '' when nothing is wrong. */
  problem: z.string(),
});
export type ItemCase = z.infer<typeof itemCase>;

/** The part of a case's content that only devices read: what stood on the author's screen. */
export const caseShown = z.object({
  bound,
  subject: z.string().check(z.maxLength(500)),
  threadKey: z.string().check(z.maxLength(200)),
  origin: z.string().check(z.maxLength(300)),
  confidence: z.nullable(assessment.shape.confidence),
  /** Why the author's device asked for a person. */
  gate: z.array(gateLine).check(z.maxLength(100)),
});

/** Who else holds a case at `at` (milliseconds since 1970); null when `me` may decide it. */
export function heldByOther(of: ItemCase | undefined, me: string, at: number): Person | null {
  if (of?.holder == null || of.holder.id === me) return null;
  return (of.heldUntil ?? 0) > at ? of.holder : null;
}
