import type { Assessment, GateLine } from '../domain/assessment.ts';
import type { Refusal, Verb } from '../domain/decision.ts';
import { heldByOther } from '../domain/item-case.ts';
import { demandsOf, unsettledFlags, type Flag } from '../domain/flags.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Policy } from '../domain/policy.ts';
import { verbRefusal, type Decider } from '../domain/transitions.ts';

/** Statements that a rule of high or locked risk is about, whatever the sources say of them. */
export function heldStatements(assessment: Assessment | null): ReadonlySet<number> {
  const held = (assessment?.gate ?? []).flatMap(({ tier, statement }) =>
    statement !== null && (tier === 'high' || tier === 'locked') ? [statement] : [],
  );
  return new Set(held);
}

/** What the person has done with the draft on screen so far. */
export interface Progress {
  seenToEnd: boolean;
  /** Keys of settled flags. */
  settled: ReadonlySet<string>;
}

/** Why a verb is refused, as a code with what is still open; null when it is not. */
export type GateRefusal =
  | { code: 'refused'; refusal: Refusal }
  | { code: 'locked'; line: GateLine | null }
  | { code: 'settle'; open: readonly Flag[]; line: GateLine | null }
  | { code: 'see-to-end' }
  | { code: 'checking' };

/** The gate line that made the tier, highest first: the one a refusal names. */
export function decidingLine(assessment: Assessment): GateLine | null {
  return assessment.gate.find((line) => line.tier === assessment.tier) ?? null;
}

/** Who decides on what, and by which rules. */
interface Case {
  item: ReviewItem;
  policy: Policy;
  decider: Decider;
  progress: Progress;
  /** Wall clock, milliseconds since 1970. */
  now: number;
}

/** Why nobody here may decide yet, by role, tier or somebody else's claim. */
function whoRefusal({ item, decider, now }: Case, verb: Verb): Refusal | null {
  const held = item.kind === 'case' && heldByOther(item.case, decider.id, now) !== null;
  return verbRefusal(item, verb, decider) ?? (held ? 'claimed' : null);
}

/** Whether a verb may be used now; for `edit`, whether the editor may be opened: flags go by fixing them. */
export function refusalFor(
  verb: Verb,
  input: Case & { assessment: Assessment | null },
): GateRefusal | null {
  const { item, assessment, policy, progress } = input;
  const line = assessment === null ? null : decidingLine(assessment);
  const refusal = whoRefusal(input, verb);
  if (refusal === 'forbidden-by-tier') return { code: 'locked', line };
  if (refusal !== null) return { code: 'refused', refusal };
  if (verb !== 'approve' && verb !== 'edit') return null;
  if (assessment === null) return { code: 'checking' };
  if (verb === 'edit') return null;
  const open = unsettledFlags(item.draft, assessment, policy, progress.settled);
  if (open.length > 0) return { code: 'settle', open, line };
  if (demandsOf(policy, item.tier).seenToEnd && !progress.seenToEnd) return { code: 'see-to-end' };
  return null;
}

/** Whether an edited text may be approved; `edited` is what is known of that text, null while it is checked. */
export function editRefusalFor(
  text: string,
  input: Case & { edited: Assessment | null },
): GateRefusal | null {
  const { item, edited, policy, decider, progress } = input;
  if (text.trim() === '') return { code: 'refused', refusal: 'empty-edit' };
  const refusal = whoRefusal(input, 'edit');
  if (refusal === 'forbidden-by-tier') return { code: 'locked', line: null };
  if (refusal !== null) return { code: 'refused', refusal };
  if (edited === null) return { code: 'checking' };
  const line = decidingLine(edited);
  const locked = verbRefusal({ ...item, tier: edited.tier }, 'edit', decider);
  if (locked === 'forbidden-by-tier') return { code: 'locked', line };
  if (locked !== null) return { code: 'refused', refusal: locked };
  const open = unsettledFlags(text, edited, policy, progress.settled);
  return open.length > 0 ? { code: 'settle', open, line } : null;
}
