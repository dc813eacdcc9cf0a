import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import options from '../../locales/en/options.json' with { type: 'json' };

type Known = keyof typeof options.keptProblem;

const isKnown = (code: string): code is Known =>
  code !== 'other' && Object.hasOwn(options.keptProblem, code);

/** The sentence for a kept problem: what happened and what to do. Pages' codes begin with `page: `. */
export function useKeptProblemWords(): (code: string) => string {
  const { t } = useTranslation('options');
  return useCallback(
    (code) => {
      const bare = code.replace(/^page: /u, '');
      return isKnown(bare) ? t(`keptProblem.${bare}`) : t('keptProblem.other', { code: bare });
    },
    [t],
  );
}
