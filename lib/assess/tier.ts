import type { Assessment, Confidence, Fact, GateLine, Statement } from '../domain/assessment.ts';
import { riskTier, type RiskTier } from '../domain/assessment.ts';
import type { Output } from '../domain/output.ts';
import type { Policy, PolicyRule } from '../domain/policy.ts';
import { isDeclaredUsable } from './confidence.ts';
import { wordFinder } from './listed-words.ts';

/** Most gate lines of one rule; a draft with more is named by its first ones. */
export const MAX_LINES_PER_RULE = 50;

/** What the rules look at. */
export interface TierInput {
  /** Readable text of the draft: hidden characters removed. */
  readableOf: (statement: Statement) => string;
  facts: readonly Fact[];
  statements: readonly Statement[];
  confidence: Confidence;
  output: Output | null;
  sourceCount: number;
  hiddenCount: number;
  /** False when a limit cut the draft or its sources. */
  checkedWhole: boolean;
  policy: Policy;
}

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
  const line = (statement: number | null): GateLine => ({
    ruleId: rule.id,
    policyVersion: input.policy.version,
    owner: input.policy.owner,
    tier: rule.tier,
    says: rule.says,
    statement,
  });
  const whole = (holds: boolean) => (holds ? [line(null)] : []);
  const about = (statements: readonly Statement[]) => statements.map(({ index }) => line(index));
  const least = Math.max(1, rule.value ?? 1);
  const withFacts = (matches: (fact: Fact) => boolean) => {
    const hits = new Set(input.facts.flatMap((fact, at) => (matches(fact) ? [at] : [])));
    if (hits.size < least) return [];
    return about(input.statements.filter(({ facts }) => facts.some((at) => hits.has(at))));
  };

  switch (rule.when) {
    case 'fact-contradicted':
      return withFacts(({ status }) => status === 'contradicted');
    case 'fact-unsupported': {
      const narrower = new Set(input.policy.rules.map(({ when }) => when));
      return withFacts(
        ({ status, kind }) =>
          status === 'unsupported' &&
          !(kind === 'amount' && narrower.has('amount-unsupported')) &&
          !(kind === 'link' && narrower.has('link-unsupported')),
      );
    }
    case 'amount-unsupported':
      return withFacts(({ status, kind }) => status === 'unsupported' && kind === 'amount');
    case 'link-unsupported':
      return withFacts(({ status, kind }) => status === 'unsupported' && kind === 'link');
    case 'words-listed': {
      const holds = wordFinder(rule.words);
      const hits = input.statements.filter((statement) => holds(input.readableOf(statement)));
      return hits.length < least ? [] : about(hits);
    }
    case 'incomplete-output':
      return whole(
        input.output !== null && (input.output.finish !== 'complete' || input.output.truncated),
      );
    case 'hidden-characters':
      return whole(input.hiddenCount >= least);
    case 'mean-token-probability-below':
      return whole(input.confidence.state === 'token' && input.confidence.mean < (rule.value ?? 1));
    case 'declared-confidence-below': {
      const declared = input.output?.declaredConfidence ?? null;
      return whole(isDeclaredUsable(declared) && declared.value < (rule.value ?? 1));
    }
    case 'no-sources':
      return whole(input.sourceCount === 0);
    case 'partly-checked':
      return whole(!input.checkedWhole);
    case 'always':
      return [line(null)];
  }
}
