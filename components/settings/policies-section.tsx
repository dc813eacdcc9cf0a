import { useTranslation } from 'react-i18next';
import { policyHash } from '../../lib/audit/policy-hash.ts';
import { DEFAULT_POLICY } from '../../lib/domain/default-policy.ts';
import type { RiskTier } from '../../lib/domain/risk-tier.ts';
import type { InForce } from '../../lib/settings/in-force.ts';
import { policyInForce, rulesInForce } from '../../lib/settings/policy-in-force.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { ManagedNote } from './managed-note.tsx';
import { OptionsSection } from './options-section.tsx';
import { PolicyDemands } from './policy-demands.tsx';
import { PolicyRuleRow } from './policy-rule-row.tsx';
import { SavedNote } from './saved-note.tsx';
import { TeamPolicyNote } from './team-policy-note.tsx';

const shipped = new Map(DEFAULT_POLICY.rules.map((rule) => [rule.id, rule]));

/** `map` with a value of its own for `id`, or without one when it is the shipped one again. */
function withOwn<T>(map: Readonly<Record<string, T>>, id: string, value: T, usual: T | undefined) {
  const { [id]: _, ...rest } = map;
  return value === usual ? rest : { ...rest, [id]: value };
}

/** Policies: the rules and thresholds in force, where each comes from, and what each tier asks. */
export function PoliciesSection({ inForce }: { inForce: InForce }) {
  const { t } = useTranslation('options');
  const { saved, save } = useSave();
  const { ruleTiers, ruleThresholds } = inForce.settings;
  const policy = policyInForce(inForce);
  const saveTier = (id: string, tier: RiskTier) =>
    save({ ruleTiers: withOwn(ruleTiers, id, tier, shipped.get(id)?.tier) });
  const saveThreshold = (id: string, value: number) =>
    save({
      ruleThresholds: withOwn(ruleThresholds, id, value, shipped.get(id)?.value ?? undefined),
    });
  return (
    <OptionsSection id="policies" title={t('policies.heading')} intro={t('policies.intro')}>
      <ManagedNote />
      <TeamPolicyNote />
      <p>
        {t('policies.version', {
          version: policy.version,
          hash: policyHash(policy),
          owner: policy.owner,
        })}
      </p>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {rulesInForce(inForce).map((each) => (
          <PolicyRuleRow
            key={each.rule.id}
            each={each}
            onTier={(tier) => void saveTier(each.rule.id, tier)}
            onThreshold={(value) => void saveThreshold(each.rule.id, value)}
          />
        ))}
      </ul>
      <PolicyDemands demands={policy.demands} />
      <SavedNote saved={saved} />
    </OptionsSection>
  );
}
