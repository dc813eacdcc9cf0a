import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import panel from '../../locales/en/panel.json' with { type: 'json' };

type Known = keyof typeof panel.effectReason;

const isKnown = (code: string): code is Known => Object.hasOwn(panel.effectReason, code);

/** The sentence for a machine reason of an effect; an unknown reason is shown as its code. */
export function useEffectReason(): (code: string) => string {
  const { t } = useTranslation('panel');
  return useCallback(
    (code) => {
      if (code === '') return t('seal.noDetail');
      return isKnown(code) ? t(`effectReason.${code}`) : code;
    },
    [t],
  );
}
