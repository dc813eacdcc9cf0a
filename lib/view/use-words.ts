import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../domain/item.ts';
import { waitingTime } from './format.ts';
import { useServices } from './services.ts';
import { hostOf, useSiteNames } from './site-names.ts';

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

/** What a site is called where only its id is known, as in the filters of History. */
export function useSiteWords(): (siteId: string) => string {
  const { t } = useTranslation('panel');
  const names = useSiteNames();
  return useCallback(
    (siteId) => {
      if (siteId === '') return t('history.noSite');
      if (siteId === 'chat') return t('history.chats');
      return siteId === 'any-page' ? t('history.otherSites') : (names.named(siteId) ?? siteId);
    },
    [t, names],
  );
}

/** How an item is named on screen and to assistive technology. */
export function useItemWords() {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const now = useNow();
  const names = useSiteNames();
  return useMemo(() => {
    const subject = (item: ReviewItem) =>
      item.subject.trim() || (item.kind === 'answer' ? t('queue.answer') : t('queue.noSubject'));
    const site = (item: ReviewItem) => names.nameOf(item);
    const age = (item: ReviewItem) => waitingTime(now - item.createdAt, locale);
    return {
      subject,
      site,
      host: hostOf,
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
  }, [t, locale, now, names]);
}
