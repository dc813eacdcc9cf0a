import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import panel from '../../locales/en/panel.json' with { type: 'json' };

type Known = keyof typeof panel.syncProblem;

const isKnown = (code: string): code is Known => Object.hasOwn(panel.syncProblem, code);

/** The sentence for what stopped the last sending; an unknown code is shown as it is. */
export function useSyncProblemWords(): (problem: { code: string; detail: string }) => string {
  const { t } = useTranslation('panel');
  return useCallback(
    ({ code, detail }) => {
      if (isKnown(code)) return t(`syncProblem.${code}`, { detail });
      return detail === '' ? code : t('syncProblem.other', { code, detail });
    },
    [t],
  );
}
