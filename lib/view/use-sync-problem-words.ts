import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import panel from '../../locales/en/panel.json' with { type: 'json' };

type Known = keyof typeof panel.syncProblem;

const isKnown = (code: string): code is Known =>
  code !== 'other' && Object.hasOwn(panel.syncProblem, code);

/** The sentence for what stopped the last sending; one for a code that this version does not know. */
export function useSyncProblemWords(): (problem: { code: string; detail: string }) => string {
  const { t } = useTranslation('panel');
  return useCallback(
    ({ code, detail }) => {
      if (isKnown(code)) return t(`syncProblem.${code}`, { detail });
      return t('syncProblem.other', { code: `${code} ${detail}`.trim() });
    },
    [t],
  );
}
