import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../domain/item.ts';
import { duration } from './format.ts';
import { useServices } from './services.ts';

const TICK_MS = 15_000;

/** The time, renewed often enough for "4 min" to be true. */
export function useNow(): number {
  const { now } = useServices();
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), TICK_MS);
    return () => clearInterval(timer);
  }, [now]);
  return at;
}

/** The language of the page, for `Intl`. */
export function useLocale(): string {
  return useTranslation('panel').i18n.language;
}

/** How an item is named on screen and to assistive technology. */
export function useItemWords() {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const now = useNow();
  return useMemo(() => {
    const subject = (item: ReviewItem) =>
      item.subject.trim() || (item.kind === 'answer' ? t('queue.answer') : t('queue.noSubject'));
    const site = (item: ReviewItem) =>
      URL.canParse(item.origin) ? new URL(item.origin).host : item.siteId;
    const age = (item: ReviewItem) => duration(Math.max(0, now - item.createdAt), locale);
    return {
      subject,
      site,
      age,
      rowName(item: ReviewItem, position: number, total: number): string {
        const parts = {
          tier: t(`tier.${item.tier}`),
          subject: subject(item),
          place:
            item.threadKey === ''
              ? site(item)
              : t('queue.threadOnSite', { thread: item.threadKey, site: site(item) }),
          age: t('queue.waitingSince', { age: age(item) }),
          position,
          total,
        };
        if (item.state === 'pending') return t('queue.rowName', parts);
        return t('queue.rowNameState', { ...parts, state: t(`state.${item.state}`) });
      },
    };
  }, [t, locale, now]);
}
