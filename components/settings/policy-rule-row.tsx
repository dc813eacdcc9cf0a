import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { riskTier, type RiskTier } from '../../lib/domain/risk-tier.ts';
import type { RuleInForce } from '../../lib/settings/policy-in-force.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { RiskMark } from '../ui/risk-mark.tsx';
import { Choice, TextField } from '../ui/field.tsx';

interface Props {
  each: RuleInForce;
  onTier: (tier: RiskTier) => void;
  onThreshold: (value: number) => void;
}

/** One rule of the policy: its sentence, the tier it asks for, its threshold, and where they come from. */
export function PolicyRuleRow({ each, onTier, onThreshold }: Props) {
  const { t } = useTranslation('options');
  const { rule } = each;
  const sources = [...new Set([each.tier, each.threshold])];
  const changed = sources.find((source) => source !== 'default') ?? 'default';
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 p-3">
      <RiskMark tier={rule.tier} className="mt-1" />
      <div className="min-w-0 flex-[1_1_14rem]">
        <p>{rule.says}</p>
        <p className="text-xs wrap-anywhere text-muted">
          {t('policies.ruleFrom', { rule: rule.id, source: t(`policies.source.${changed}`) })}
        </p>
        {rule.words.length > 0 && (
          <p className="text-xs text-muted">
            {t('policies.words', { words: rule.words.join(', ') })}
          </p>
        )}
      </div>
      <Choice
        quiet
        className="w-36"
        label={t('policies.tierOf', { rule: rule.id })}
        lockedBy={useLock('ruleTiers')}
        value={rule.tier}
        onChange={(event) => {
          const tier = riskTier.safeParse(event.target.value);
          if (tier.success) onTier(tier.data);
        }}
      >
        {riskTier.options.map((tier) => (
          <option key={tier} value={tier}>
            {t(`policies.tiers.${tier}`)}
          </option>
        ))}
      </Choice>
      {rule.value !== null && (
        <Threshold
          key={rule.value}
          label={t('policies.thresholdOf', { rule: rule.id })}
          value={rule.value}
          onSave={onThreshold}
        />
      )}
    </li>
  );
}

interface ThresholdProps {
  label: string;
  value: number;
  onSave: (value: number) => void;
}

/** A threshold from 0 to 1, saved when the field is left or Enter is pressed. */
function Threshold({ label, value, onSave }: ThresholdProps) {
  const { t } = useTranslation('options');
  const [text, setText] = useState(String(value));
  const [problem, setProblem] = useState('');
  const lock = useLock('ruleThresholds');
  const done = () => {
    // Number('') is 0: an empty field is no threshold.
    const next = /^\d*\.?\d+$/u.test(text.trim()) ? Number(text) : Number.NaN;
    if (!(next >= 0 && next <= 1)) return setProblem(t('policies.thresholdBad'));
    setProblem('');
    if (next !== value) onSave(next);
  };
  return (
    <TextField
      className="w-36"
      label={label}
      inputMode="decimal"
      problem={problem}
      lockedBy={lock}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => lock === undefined && done()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && lock === undefined) done();
      }}
    />
  );
}
