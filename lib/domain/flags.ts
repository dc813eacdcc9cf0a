import type { Assessment, GateLine, Statement } from './assessment.ts';
import { hiddenMarks } from './hidden.ts';
import type { Policy } from './policy.ts';
import type { RiskTier } from './risk-tier.ts';

/** What a tier asks before a text is approved; `locked` lets only Escalate through. */
export type Demands = Policy['demands']['low'];

const LOCKED: Demands = { seenToEnd: true, settleFlagged: true, reasonRequired: true };

/** The demands of a tier under a policy. */
export function demandsOf(policy: Policy, tier: RiskTier): Demands {
  return tier === 'locked' ? LOCKED : policy.demands[tier];
}

/** One thing a person settles before a risky text is approved: a statement, or a rule about the whole. */
export interface Flag {
  /** By wording, not by place: what was settled stays so while its words do. */
  key: string;
  statement: Statement | null;
  lines: readonly GateLine[];
}

const FLAGGED = new Set<Statement['status']>(['contradicted', 'unsupported']);

/** True for statements that sources contradict or do not carry. */
export function isFlagged(statement: Statement): boolean {
  return FLAGGED.has(statement.status);
}

/** White space changes nothing that a flag is about: "$ 500" is what "$500" was. */
const bare = (text: string) => text.replaceAll(/\s+/gu, '');

/** What stands open on a text, statements in reading order, then rules about the whole text. */
export function flagsOf(text: string, assessment: Assessment): Flag[] {
  const linesAt = (index: number | null) =>
    assessment.gate.filter((line) => line.statement === index && line.tier !== 'low');
  const statements = assessment.statements.flatMap((statement): Flag[] => {
    const lines = linesAt(statement.index);
    if (!isFlagged(statement) && lines.every((line) => line.tier !== 'high')) return [];
    return [{ key: `s:${bare(text.slice(statement.start, statement.end))}`, statement, lines }];
  });
  // A rule about the whole has no words of its own; other hidden characters are another thing to settle.
  const hidden = hiddenMarks(text)
    .map(({ char }) => char)
    .join('');
  const whole = linesAt(null)
    .filter((line) => line.tier === 'high')
    .map((line): Flag => ({ key: `r:${line.ruleId}:${hidden}`, statement: null, lines: [line] }));
  return [...statements, ...whole];
}

/** The flags that the policy wants settled before this text is approved, and that are not. */
export function unsettledFlags(
  text: string,
  assessment: Assessment,
  policy: Policy,
  settled: ReadonlySet<string>,
): Flag[] {
  if (!demandsOf(policy, assessment.tier).settleFlagged) return [];
  return flagsOf(text, assessment).filter(({ key }) => !settled.has(key));
}
