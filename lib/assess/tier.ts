import type { Assessment, Confidence, Fact, GateLine, Statement } from '../domain/assessment.ts';
import { riskTier, type RiskTier } from '../domain/risk-tier.ts';
import type { Output } from '../domain/output.ts';
import type { Policy, PolicyRule, RuleWhen } from '../domain/policy.ts';
import { isDeclaredUsable } from './confidence.ts';
import { wordFinder } from './listed-words.ts';

/** Most gate lines of one rule; a draft with more is named by its first ones. */
const MAX_LINES_PER_RULE = 50;

/** What the rules look at. */
interface TierInput {
  /** Words of a statement as read (`plainWords`): hidden characters removed. */
  wordsOf: (statement: Statement) => readonly string[];
  facts: readonly Fact[];
  statements: readonly Statement[];
  confidence: Confidence;
  output: Output | null;
  sourceCount: number;
  hiddenCount: number;
  /** False when a limit cut the draft or its sources. */
  checkedWhole: boolean;
  /** Statements (their `index`) that would tell a customer what is internal. */
  internal: ReadonlySet<number>;
  policy: Policy;
}

/** The statements a rule is about, `true` when it holds for the draft as a whole. */
type Holds = boolean | readonly Statement[];

/**
 * The tier is the highest of all rules that hold, `low` when none does. Each holding rule gives a
 * gate line per statement it is about, or one line for the whole draft; highest tier first.
 */
export function tierOf(input: TierInput): Pick<Assessment, 'tier' | 'gate'> {
  const gate = input.policy.rules.flatMap((rule) =>
    linesOf(rule, input).slice(0, MAX_LINES_PER_RULE),
  );
  gate.sort((a, b) => rank(b.tier) - rank(a.tier) || (a.statement ?? 0) - (b.statement ?? 0));
  return { tier: gate[0]?.tier ?? 'low', gate };
}

function rank(tier: RiskTier): number {
  return riskTier.options.indexOf(tier);
}

function linesOf(rule: PolicyRule, input: TierInput): GateLine[] {
  const holds = CHECKS[rule.when](input, rule);
  const about = typeof holds === 'boolean' ? (holds ? [null] : []) : holds;
  return about.map((statement) => ({
    ruleId: rule.id,
    policyVersion: input.policy.version,
    owner: input.policy.owner,
    tier: rule.tier,
    says: rule.says,
    statement: statement?.index ?? null,
  }));
}

const leastOf = (rule: PolicyRule) => Math.max(1, rule.value ?? 1);
/** A threshold rule without a value is as strict as it can be: it fails closed. */
const thresholdOf = (rule: PolicyRule) => rule.value ?? 1;

const CHECKS: Record<RuleWhen, (input: TierInput, rule: PolicyRule) => Holds> = {
  'fact-contradicted': (input, rule) =>
    withFacts(input, rule, ({ status }) => status === 'contradicted'),
  'fact-unsupported': (input, rule) => {
    const narrower = new Set(input.policy.rules.map(({ when }) => when));
    return withFacts(
      input,
      rule,
      ({ status, kind }) =>
        status === 'unsupported' &&
        !(kind === 'amount' && narrower.has('amount-unsupported')) &&
        !(kind === 'link' && narrower.has('link-unsupported')),
    );
  },
  'amount-unsupported': (input, rule) =>
    withFacts(input, rule, ({ status, kind }) => status === 'unsupported' && kind === 'amount'),
  'link-unsupported': (input, rule) =>
    withFacts(input, rule, ({ status, kind }) => status === 'unsupported' && kind === 'link'),
  'words-listed': (input, rule) => {
    const holds = wordFinder(rule.words);
    const hits = input.statements.filter((statement) => holds(input.wordsOf(statement)));
    return hits.length >= leastOf(rule) && hits;
  },
  'internal-quoted': ({ statements, internal }, rule) =>
    internal.size >= leastOf(rule) && statements.filter(({ index }) => internal.has(index)),
  'incomplete-output': ({ output }) =>
    output !== null && (output.finish !== 'complete' || output.truncated),
  'hidden-characters': ({ hiddenCount }, rule) => hiddenCount >= leastOf(rule),
  'mean-token-probability-below': ({ confidence }, rule) =>
    confidence.state === 'token' && confidence.mean < thresholdOf(rule),
  'declared-confidence-below': ({ output }, rule) => {
    const declared = output?.declaredConfidence ?? null;
    return isDeclaredUsable(declared) && declared.value < thresholdOf(rule);
  },
  'no-sources': ({ sourceCount }) => sourceCount === 0,
  'partly-checked': ({ checkedWhole }) => !checkedWhole,
  always: () => true,
};

function withFacts(
  { facts, statements }: TierInput,
  rule: PolicyRule,
  matches: (fact: Fact) => boolean,
): Holds {
  const hits = new Set(facts.flatMap((fact, at) => (matches(fact) ? [at] : [])));
  if (hits.size < leastOf(rule)) return false;
  return statements.filter((statement) => statement.facts.some((at) => hits.has(at)));
}
