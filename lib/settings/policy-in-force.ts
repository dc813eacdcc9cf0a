import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import type { Policy, PolicyRule } from '../domain/policy.ts';
import type { InForce, SettingSource } from './in-force.ts';

const OWNERS: Readonly<Record<SettingSource, string>> = {
  default: DEFAULT_POLICY.owner,
  local: `${DEFAULT_POLICY.owner}, changed in this browser`,
  policy: `${DEFAULT_POLICY.owner}, changed by your team's policy`,
  managed: `${DEFAULT_POLICY.owner}, changed by your organization`,
};

/** One rule in force, and where its tier and its threshold come from. */
export interface RuleInForce {
  rule: PolicyRule;
  tier: SettingSource;
  threshold: SettingSource;
}

type Input = Pick<InForce, 'settings' | 'sources'>;

/** The rules in force, each with its sources: a rule that nobody changed is the default's. */
export function rulesInForce({ settings, sources }: Input): RuleInForce[] {
  return DEFAULT_POLICY.rules.map((shipped) => {
    const tier = settings.ruleTiers[shipped.id] ?? shipped.tier;
    const value = settings.ruleThresholds[shipped.id] ?? shipped.value;
    return {
      rule: {
        ...shipped,
        tier,
        value,
        // The sentence names the threshold, and must not name one that does not hold.
        says: shipped.says.replace(String(shipped.value), String(value)),
      },
      tier: tier === shipped.tier ? 'default' : sources.ruleTiers,
      threshold: value === shipped.value ? 'default' : sources.ruleThresholds,
    };
  });
}

/** The policy in force: the default's rules with the tiers and thresholds of the settings. */
export function policyInForce(input: Input): Policy {
  const rules = rulesInForce(input);
  const sources = rules.flatMap(({ tier, threshold }) => [tier, threshold]);
  const owner =
    (['managed', 'policy', 'local'] as const).find((one) => sources.includes(one)) ?? 'default';
  return { ...DEFAULT_POLICY, owner: OWNERS[owner], rules: rules.map(({ rule }) => rule) };
}
