import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import options from '../../locales/en/options.json' with { type: 'json' };

type Known = keyof typeof options.people.why;

const isKnown = (code: string): code is Known =>
  code !== 'other' && Object.hasOwn(options.people.why, code);

/** The sentence for why the collector or the provider did not do what was asked. */
export function useTeamWords(): (code: string) => string {
  const { t } = useTranslation('options');
  return useCallback(
    (code) => (isKnown(code) ? t(`people.why.${code}`) : t('people.why.other', { code })),
    [t],
  );
}
