import * as z from 'zod/mini';
import { reasonCode } from '../domain/decision.ts';
import { riskTier } from '../domain/risk-tier.ts';
import { hashField, timeField } from './fields.ts';
import { idField } from './team.ts';

/** An id that a device made: what an event can carry and a database can hold. */
const nameText = z.string().check(
  z.maxLength(100),
  z.refine((text) => text.isWellFormed() && !text.includes('\0')),
);
const millis = z.int().check(z.gte(0));
const noteText = z.string().check(z.maxLength(4000));

/** What a lead needs to decide. The collector keeps it as it is and reads nothing of it. */
export const caseContent = z.object({
  draft: z.string(),
  sources: z.array(z.json()),
  facts: z.array(z.json()),
  note: noteText,
  /** The rest of what stood on the author's screen; read by devices only (`lib/domain/item-case.ts`). */
  shown: z.optional(z.json()),
});
export type CaseContent = z.infer<typeof caseContent>;

/** An escalation. `id` is the device's, so that a repeated request is the same case. */
export const newCase = z.object({
  id: idField,
  itemId: nameText,
  traceId: nameText,
  siteId: nameText,
  tier: riskTier,
  /** When an answer is due, milliseconds since 1970; null for never. */
  dueAt: z.nullable(millis),
  content: caseContent,
});

export type NewCase = z.infer<typeof newCase>;

/** A person whom a case names. */
export const casePerson = z.object({ id: idField, name: z.string() });

/** A case as the queue shows it, without content. */
export const caseHead = z.object({
  id: idField,
  itemId: nameText,
  traceId: nameText,
  siteId: nameText,
  tier: riskTier,
  author: idField,
  status: z.enum(['waiting', 'claimed', 'expired', 'resolved', 'taken-back']),
  /** Who holds it now; null for nobody. */
  holder: z.nullable(idField),
  heldUntil: z.nullable(millis),
  dueAt: z.nullable(millis),
  /** What the next act must name in `If-Match`. */
  version: z.int(),
  createdAt: timeField,
  /** SHA-256 of the content's JSON, as it was stored. */
  contentHash: hashField,
});
export type CaseHead = z.infer<typeof caseHead>;

/**
 * A decision on a case. `decisionId` is the device's: asked again, it is the same decision. `shownHash`
 * is of what was on screen and `text` is what may be sent instead, for `edit` only.
 */
export const resolveRequest = z
  .object({
    decisionId: idField,
    outcome: z.enum(['approve', 'edit', 'reject', 'send-back']),
    reasons: z.array(reasonCode).check(z.maxLength(10)),
    note: noteText,
    text: z.nullable(z.string()),
    shownHash: nameText,
  })
  .check(
    z.refine(({ outcome, text }) =>
      outcome === 'edit' ? text !== null && text.trim() !== '' : text === null,
    ),
    z.refine(
      ({ outcome, reasons, note }) =>
        outcome === 'approve' || outcome === 'edit' || reasons.length > 0 || note.trim() !== '',
    ),
  );
export type ResolveRequest = z.infer<typeof resolveRequest>;

/** A case with everything: for its author and for leads. */
export const caseReply = z.object({
  case: caseHead,
  content: caseContent,
  resolution: z.nullable(
    z.object({
      decisionId: idField,
      outcome: z.enum(['approve', 'edit', 'reject', 'send-back']),
      reasons: z.array(reasonCode),
      note: noteText,
      text: z.nullable(z.string()),
      shownHash: nameText,
      by: idField,
      at: timeField,
    }),
  ),
  /** Everybody whom it names. */
  people: z.array(casePerson),
});
export type CaseReply = z.infer<typeof caseReply>;

export const casesReply = z.object({
  cases: z.array(caseHead),
  /** Everybody whom they name. */
  people: z.array(casePerson),
  /** What to ask the next page with; null after the last. */
  next: z.nullable(z.string()),
});

export const casesQuery = z.object({
  /** `open`: not resolved and not taken back. */
  which: z._default(z.enum(['open', 'all']), 'open'),
  cursor: z.optional(z.string().check(z.regex(/^\S{24}_[0-9a-f-]{36}$/))),
});

export const handOverRequest = z.object({ to: idField });
