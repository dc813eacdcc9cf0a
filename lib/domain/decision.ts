import * as z from 'zod/mini';

/** What a person can decide about an item. */
export const verb = z.enum([
  'approve',
  'edit',
  'reject',
  'send-back',
  'escalate',
  'defer',
  'abstain',
]);
export type Verb = z.infer<typeof verb>;

/** Reason codes by key 1–9, 0. The order is the order of the keys. */
export const REASON_CODES = [
  'wrong-fact',
  'not-in-sources',
  'missed-question',
  'step-missing',
  'policy',
  'private-data',
  'tone',
  'language',
  'needs-action',
  'other',
] as const;

export const reasonCode = z.enum(REASON_CODES);
export type ReasonCode = z.infer<typeof reasonCode>;

/** A decision as the panel asks for it. `decisionId` makes a repeated request the same decision. */
export const decisionRequest = z.object({
  decisionId: z.string(),
  itemId: z.string(),
  verb,
  /** The version of the draft that was painted when the person decided. */
  version: z.number(),
  /** `boundHash` of what was painted. */
  shownHash: z.string(),
  /** New draft text, for `edit` only. */
  editedText: z.nullable(z.string()),
  reasons: z.array(reasonCode),
  /** Keys of the flags (`flagsOf`) of the approved text that the person settled; why stands in `note`. */
  settled: z.optional(z.array(z.string())),
  note: z.string().check(z.maxLength(4000)),
  /** For `send-back` only: reason and note in words, for the chat that the output came from. */
  returnText: z.optional(z.string().check(z.maxLength(6000))),
  /** Until when, milliseconds since 1970, for `defer` only. */
  deferUntil: z.nullable(z.number()),
  /** Milliseconds the item was visible and focused, and since it was opened. */
  dwell: z.object({ visibleMs: z.number(), openMs: z.number() }),
});
export type DecisionRequest = z.infer<typeof decisionRequest>;

/** Why a decision was not taken; the item is as it was before. */
export const refusal = z.enum([
  'not-found',
  'stale-version',
  'already-decided',
  'forbidden-by-tier',
  'needs-lead',
  'second-person',
  'with-leads',
  'claimed',
  'not-for-cases',
  'not-undoable',
  'reason-required',
  'unsettled-flags',
  'empty-edit',
  'not-recorded',
  'record-full',
  'bad-request',
]);
export type Refusal = z.infer<typeof refusal>;
