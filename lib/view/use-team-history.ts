import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import { teamRow, type TeamRow } from './team-rows.ts';
import { SLOW, useAsk } from './use-ask.ts';

/** What the team's history is narrowed to; '' for anything. */
export interface TeamFilter {
  member: string;
  outcome: NonNullable<RequestOf<ToWorker['team.history']>['outcome']> | '';
  site: string;
  item: string;
}

export const NO_TEAM_FILTER: TeamFilter = { member: '', outcome: '', site: '', item: '' };

const given = <T>(key: string, value: T | '') => (value === '' ? {} : { [key]: value });

interface Loaded {
  rows: readonly TeamRow[];
  next: string | null;
}

/** The team's history page by page, as the collector keeps it; null until the first page came. */
export function useTeamHistory(filter: TeamFilter) {
  const ask = useAsk();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [why, setWhy] = useState('');
  const { member, outcome, site, item } = filter;
  /** The newest question: answers to others come too late. */
  const newest = useRef(0);
  const read = useCallback(
    async (before: Loaded | null) => {
      newest.current += 1;
      const mine = newest.current;
      const request = {
        ...given('member', member),
        ...given('outcome', outcome),
        ...given('site', site),
        ...given('item', item),
        ...(before?.next == null ? {} : { cursor: before.next }),
      };
      const page = await ask((call) => call('team.history', request, SLOW));
      if (newest.current !== mine) return;
      setWhy(page.ok ? '' : page.why);
      if (!page.ok) return;
      const rows = [...(before?.rows ?? []), ...page.value.entries.map(teamRow)];
      setLoaded({ rows, next: page.value.next });
    },
    [ask, member, outcome, site, item],
  );
  useEffect(() => {
    setLoaded(null);
    void read(null);
  }, [read]);
  const reading = useRef(false);
  const more = () => {
    if (loaded?.next == null || reading.current) return;
    reading.current = true;
    void read(loaded).finally(() => {
      reading.current = false;
    });
  };
  return { loaded, why, more, reload: () => void read(null) };
}
