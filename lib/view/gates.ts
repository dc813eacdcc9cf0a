import type { Assessment, GateLine, Statement } from '../domain/assessment.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import type { Refusal, Verb } from '../domain/decision.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Policy } from '../domain/policy.ts';
import { verbRefusal, type Decider } from '../domain/transitions.ts';

/** What a tier asks before Approve; `locked` lets only Escalate through. */
export type Demands = Policy['demands']['low'];

const LOCKED: Demands = { seenToEnd: true, settleFlagged: true, reasonRequired: true };

/** The demands of a tier under a policy. */
export function demandsOf(policy: Policy, tier: RiskTier): Demands {
  return tier === 'locked' ? LOCKED : policy.demands[tier];
}

/** One thing a person settles before a risky draft is approved: a statement, or a rule about the whole. */
export interface Flag {
  key: string;
  statement: Statement | null;
  lines: readonly GateLine[];
}

const FLAGGED = new Set<Statement['status']>(['contradicted', 'unsupported']);

/** True for statements that sources contradict or do not carry. */
export function isFlagged(statement: Statement): boolean {
  return FLAGGED.has(statement.status);
}

/** What stands open on a draft, statements in reading order, then rules about the whole draft. */
export function flagsOf(assessment: Assessment): Flag[] {
  const linesAt = (index: number | null) =>
    assessment.gate.filter((line) => line.statement === index && line.tier !== 'low');
  const statements = assessment.statements
    .filter((each) => isFlagged(each) || linesAt(each.index).some((line) => line.tier === 'high'))
    .map((each): Flag => ({ key: `s${each.index}`, statement: each, lines: linesAt(each.index) }));
  const whole = linesAt(null)
    .filter((line) => line.tier === 'high')
    .map((line): Flag => ({ key: `r${line.ruleId}`, statement: null, lines: [line] }));
  return [...statements, ...whole];
}

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

/**
 * Whether a verb may be used now. `text` is the new text for `edit`: flags whose words are gone from it
 * are no longer asked for, flags that stay must be settled like any other.
 */
export function refusalFor(
  verb: Verb,
  input: {
    item: ReviewItem;
    text: string | null;
    assessment: Assessment | null;
    policy: Policy;
    decider: Decider;
    progress: Progress;
  },
): GateRefusal | null {
  const { item, assessment, progress } = input;
  const line = assessment === null ? null : decidingLine(assessment);
  const refusal = verbRefusal(item, verb, input.decider);
  if (refusal === 'forbidden-by-tier') return { code: 'locked', line };
  if (refusal !== null) return { code: 'refused', refusal };
  if (verb !== 'approve' && verb !== 'edit') return null;
  if (assessment === null) return { code: 'checking' };
  const demands = demandsOf(input.policy, item.tier);
  if (demands.settleFlagged) {
    const open = openFlags(item.draft, input.text, assessment, progress);
    if (open.length > 0) return { code: 'settle', open, line };
  }
  if (verb === 'approve' && demands.seenToEnd && !progress.seenToEnd) return { code: 'see-to-end' };
  return null;
}

/** White space changes nothing that a flag is about: "$ 500" is what "$500" was. */
const bare = (text: string) => text.replaceAll(/\s+/gu, '');

function openFlags(
  draft: string,
  text: string | null,
  assessment: Assessment,
  progress: Progress,
): Flag[] {
  return flagsOf(assessment).filter((flag) => {
    if (progress.settled.has(flag.key)) return false;
    if (text === null) return true;
    if (flag.statement === null) return text === draft;
    return bare(text).includes(bare(draft.slice(flag.statement.start, flag.statement.end)));
  });
}
