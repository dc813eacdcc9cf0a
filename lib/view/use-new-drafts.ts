import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../domain/item.ts';
import { panelActions } from './panel-store.ts';
import { useServices } from './services.ts';

/** At most one announcement in this time, in milliseconds (ux.md, live region). */
const GAP_MS = 10_000;

/** Tells screen readers of drafts that came in, merged, and not while the person types. */
export function useNewDrafts(items: readonly ReviewItem[] | null): void {
  const { t } = useTranslation('panel');
  const { now } = useServices();
  const known = useRef<Set<string> | null>(null);
  const saidAt = useRef(-Infinity);
  useEffect(() => {
    if (items === null) return;
    const ids = new Set(items.map((item) => item.id));
    if (known.current === null) {
      known.current = ids;
      return;
    }
    const fresh = [...ids].filter((id) => known.current?.has(id) === false);
    const typing = document.activeElement?.matches('input, textarea') ?? false;
    if (fresh.length === 0 || typing || now() - saidAt.current < GAP_MS) return;
    known.current = ids;
    saidAt.current = now();
    panelActions.announce(t('queue.newDrafts', { count: fresh.length, waiting: ids.size }));
  }, [items, now, t]);
}
