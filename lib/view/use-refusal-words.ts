import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import panel from '../../locales/en/panel.json' with { type: 'json' };
import { listOf } from './format.ts';
import type { Flag } from '../domain/flags.ts';
import type { GateRefusal } from './gates.ts';
import type { DecideProblem } from './use-decide.ts';
import { useLocale } from './use-words.ts';

/** The sentence for a refused verb: the rule, who set it, what to do. */
export function useRefusalWords(): (refusal: GateRefusal) => string {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  return useCallback(
    (refusal) => {
      const flagName = (flag: Flag) =>
        flag.statement === null
          ? t('decide.flagRule', { says: flag.lines[0]?.says ?? '' })
          : t('decide.flagStatement', { index: flag.statement.index });
      switch (refusal.code) {
        case 'refused':
          return t(`refusal.${refusal.refusal}`);
        case 'locked':
          return refusal.line === null
            ? t('decide.lockedNoRule')
            : t('decide.locked', { rule: refusal.line.ruleId, owner: refusal.line.owner });
        case 'settle':
          return t('decide.settleFirst', {
            count: refusal.open.length,
            list: listOf(refusal.open.map(flagName), locale),
            rule: refusal.line?.ruleId ?? '',
            owner: refusal.line?.owner ?? '',
          });
        default:
          return t(`decide.${refusal.code}`);
      }
    },
    [t, locale],
  );
}

const isStoreProblem = (code: string): code is keyof typeof panel.storeProblem =>
  Object.hasOwn(panel.storeProblem, code);

/** The sentence for a decision that was not taken. */
export function useProblemWords(): (problem: DecideProblem) => string {
  const { t } = useTranslation('panel');
  return useCallback(
    (problem) => {
      if (problem.kind === 'call') return t(`callProblem.${problem.code}`);
      const says = t(`refusal.${problem.code}`);
      return isStoreProblem(problem.detail)
        ? t('refusal.detail', { says, why: t(`storeProblem.${problem.detail}`) })
        : says;
    },
    [t],
  );
}
