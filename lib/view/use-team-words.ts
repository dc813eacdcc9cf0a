import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import panel from '../../locales/en/panel.json' with { type: 'json' };

type Known = keyof typeof panel.teamWhy;

const isKnown = (code: string): code is Known =>
  code !== 'other' && Object.hasOwn(panel.teamWhy, code);

/** The sentence for why the collector or the provider did not do what was asked. */
export function useTeamWords(): (code: string) => string {
  const { t } = useTranslation('panel');
  return useCallback(
    (code) => (isKnown(code) ? t(`teamWhy.${code}`) : t('teamWhy.other', { code })),
    [t],
  );
}
