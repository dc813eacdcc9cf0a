import { useCallback, useEffect, useRef, useState } from 'react';
import { OUTCOMES, type EventRow, type Outcome } from '../store/rows.ts';
import type { HistoryFilter, HistoryPage, PageKey } from '../store/history.ts';
import { withNewest, type HistoryRow } from './history-rows.ts';
import type { PanelState } from './panel-store.ts';
import { useServices } from './services.ts';
import { liveOr, useLive, type Live } from './use-live.ts';

const PAGE = 60;

/** What History can be filtered by, in the order of the words. */
export const HISTORY_OUTCOMES: readonly Outcome[] = Object.values(OUTCOMES);

const isOutcome = (value: string): value is Outcome =>
  Object.values(OUTCOMES).some((outcome) => outcome === value);

function storeFilter(filter: PanelState['filter']): HistoryFilter {
  return {
    ...(filter.person === '' ? {} : { person: filter.person }),
    ...(isOutcome(filter.outcome) ? { outcome: filter.outcome } : {}),
    ...(filter.siteId === '' ? {} : { siteId: filter.siteId }),
  };
}

interface Loaded {
  rows: readonly HistoryRow[];
  next: PageKey | null;
}

/** History page by page: the newest page is live, older ones are read as they come near. */
export function useHistory(filter: PanelState['filter']): {
  live: Live<Loaded>;
  more: () => void;
} {
  const { reads } = useServices();
  const { person, outcome, siteId } = filter;
  const read = useCallback(
    async (before: PageKey | null): Promise<Loaded> => {
      const page: HistoryPage = await reads.historyPage({
        before,
        limit: PAGE,
        filter: storeFilter({ person, outcome, siteId }),
      });
      return { rows: await Promise.all(page.rows.map(withItem)), next: page.next };
      async function withItem(row: EventRow): Promise<HistoryRow> {
        const item = row.itemId === '' ? undefined : await reads.item(row.itemId);
        return { row, item: item ?? null };
      }
    },
    [reads, person, outcome, siteId],
  );
  const newest = useLive(() => read(null), [read]);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => setLoaded(null), [read]);
  useEffect(() => {
    if (newest.state !== 'ready') return;
    setLoaded((before) => {
      const { rows, gap } = withNewest(before?.rows ?? [], newest.value.rows);
      return { rows, next: gap ? newest.value.next : (before?.next ?? null) };
    });
  }, [newest]);

  const reading = useRef(false);
  const more = useCallback(() => {
    const before = loaded?.next ?? null;
    if (before === null || reading.current) return;
    reading.current = true;
    void read(before)
      .then((page) =>
        setLoaded((current) =>
          current?.next === before
            ? { rows: [...current.rows, ...page.rows], next: page.next }
            : current,
        ),
      )
      .finally(() => {
        reading.current = false;
      });
  }, [loaded, read]);

  const live: Live<Loaded> =
    newest.state === 'trouble'
      ? newest
      : loaded === null
        ? { state: 'loading' }
        : { state: 'ready', value: loaded };
  return { live, more };
}

/** The people and sites that History can be filtered by. */
export function useHistoryNames(): { people: readonly string[]; sites: readonly string[] } {
  const { reads } = useServices();
  return {
    people: liveOr(
      useLive(() => reads.people(), [reads]),
      [],
    ),
    sites: liveOr(
      useLive(() => reads.sites(), [reads]),
      [],
    ),
  };
}
