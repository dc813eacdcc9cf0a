import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from './format.ts';
import { useLocale, useNow } from './use-words.ts';

const DAY_MS = 24 * 3_600_000;

/** What a day is called, given its midnight: today, yesterday, else its date. */
export function useDayName(): (day: number) => string {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const today = new Date(useNow()).setHours(0, 0, 0, 0);
  return useCallback(
    (day) => {
      if (day === today) return t('history.today');
      return day >= today - DAY_MS ? t('history.yesterday') : dayOf(day, locale);
    },
    [t, locale, today],
  );
}
