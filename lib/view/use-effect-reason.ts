import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import panel from '../../locales/en/panel.json' with { type: 'json' };

type Known = Exclude<keyof typeof panel.effectReason, 'not-undone' | 'other'>;

const isKnown = (code: string): code is Known =>
  code !== 'not-undone' && code !== 'other' && Object.hasOwn(panel.effectReason, code);

/** Stands behind a reason when the page's old text could not be brought back. */
const NOT_UNDONE = '-not-undone';

/** The sentence for a machine reason of an effect, with what to do next. */
export function useEffectReason(): (code: string) => string {
  const { t } = useTranslation('panel');
  return useCallback(
    (code) => {
      const says = (bare: string) =>
        isKnown(bare) ? t(`effectReason.${bare}`) : t('effectReason.other', { code: bare });
      if (code === '') return t('seal.noDetail');
      if (!code.endsWith(NOT_UNDONE)) return says(code);
      return t('effectReason.not-undone', { reason: says(code.slice(0, -NOT_UNDONE.length)) });
    },
    [t],
  );
}
