import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReviewItem } from '../domain/item.ts';
import { panelActions, usePanel } from './panel-store.ts';

/**
 * Where the open item stands in the queue, and where to go from it. After a decision the next item
 * opens; with none left the queue comes back. The list may change meanwhile, so the last known place
 * is kept.
 */
export function useQueuePlace(items: readonly ReviewItem[]) {
  const openItemId = usePanel((state) => state.openItemId);
  const [returnTo, setReturnTo] = useState<string | null>(null);
  const index = items.findIndex((item) => item.id === openItemId);
  const lastIndex = useRef(0);
  useEffect(() => {
    if (index >= 0) lastIndex.current = index;
  }, [index]);
  useEffect(() => {
    if (openItemId !== null) setReturnTo(null);
  }, [openItemId]);
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  }, [items]);

  const step = useCallback((by: 1 | -1) => {
    const list = latest.current;
    const next = list[lastIndex.current + by];
    if (next !== undefined) panelActions.openItem(next.id);
  }, []);
  const back = useCallback(() => {
    setReturnTo(usePanel.getState().openItemId);
    panelActions.openItem(null);
  }, []);
  const afterDecision = useCallback(() => {
    const current = usePanel.getState().openItemId;
    const list = latest.current.filter((item) => item.id !== current);
    const at = latest.current.findIndex((item) => item.id === current);
    const next = list[at < 0 ? Math.min(lastIndex.current, list.length - 1) : at] ?? list.at(-1);
    panelActions.openItem(next?.id ?? null);
  }, []);

  const place = useMemo(
    () => ({
      position: index + 1,
      total: items.length,
      onBack: back,
      onPrevious: () => step(-1),
      onNext: () => step(1),
    }),
    [index, items.length, back, step],
  );
  return { place, afterDecision, returnTo };
}
