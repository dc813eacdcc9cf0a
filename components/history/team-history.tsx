import { Filter, History as HistoryIcon, RefreshCw, ShieldAlert, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { byDays } from '../../lib/view/history-rows.ts';
import { clockTime } from '../../lib/view/format.ts';
import { keyOfTeamRow, type TeamRow } from '../../lib/view/team-rows.ts';
import { useMembers } from '../../lib/view/use-members.ts';
import { NO_TEAM_FILTER, useTeamHistory } from '../../lib/view/use-team-history.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { useDayName } from '../../lib/view/use-day-name.ts';
import { useLocale, useSiteWords } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { VirtualGrid } from '../ui/virtual-grid.tsx';
import { EventMark } from './event-mark.tsx';
import { ScopeSwitch } from './scope-switch.tsx';
import { TeamEntry } from './team-entry.tsx';
import { TeamFilters } from './team-filters.tsx';

/** What the whole team decided and sent, as the collector keeps it: filtered, read, remarked on, checked. */
export function TeamHistory() {
  const { t } = useTranslation('panel');
  const [filter, setFilter] = useState(NO_TEAM_FILTER);
  const [open, setOpen] = useState<TeamRow | null>(null);
  const [returnTo, setReturnTo] = useState<string | null>(null);
  const { loaded, why, more, reload } = useTeamHistory(filter);
  const { members } = useMembers();
  const teamWords = useTeamWords();
  const siteWords = useSiteWords();
  const locale = useLocale();
  const dayName = useDayName();
  const who = (row: TeamRow) =>
    members?.find(({ id }) => id === row.member)?.name ??
    (row.event?.actor || t('history.extension'));
  const event = (row: TeamRow) => t(`event.${row.event?.type ?? 'unknown'}`);
  if (open !== null)
    return (
      <TeamEntry
        row={open}
        who={who(open)}
        nameOf={(id) => members?.find((each) => each.id === id)?.name ?? ''}
        onItem={(item) => {
          setFilter({ ...NO_TEAM_FILTER, item });
          setOpen(null);
        }}
        onBack={() => {
          setReturnTo(keyOfTeamRow(open));
          setOpen(null);
        }}
      />
    );
  const rows = loaded?.rows ?? [];
  const isFiltered = Object.values(filter).some((part) => part !== '');
  const clear = () => setFilter(NO_TEAM_FILTER);
  return (
    <>
      <ScopeSwitch />
      <div className="space-y-1.5 border-b border-line px-3 py-2">
        <TeamFilters
          filter={filter}
          people={members ?? []}
          sites={[...new Set(rows.flatMap((row) => row.event?.siteId || []))]}
          onChange={(part) => setFilter({ ...filter, ...part })}
        />
        <div className="flex items-center justify-between gap-2 text-xs text-muted">
          <p className="min-w-0 flex-1">
            {filter.item === '' ? t('team.hint') : t('team.oneItem')}
          </p>
          {isFiltered && (
            <Button look="quiet" onClick={clear}>
              {t('history.clear')}
            </Button>
          )}
          <Button look="quiet" aria-label={t('team.reload')} onClick={reload}>
            <RefreshCw aria-hidden="true" className="size-4" />
          </Button>
        </div>
        {why !== '' && (
          <Notice look="bad" role="alert">
            {teamWords(why)}
          </Notice>
        )}
      </div>
      {loaded === null && why === '' && <Skeleton label={t('history.loading')} rows={6} />}
      {loaded === null && why !== '' && (
        <Empty
          Icon={Users}
          title={t('team.trouble')}
          actions={<Button onClick={reload}>{t('queue.retry')}</Button>}
        >
          {t('team.troubleDetail')}
        </Empty>
      )}
      {loaded !== null && rows.length === 0 && (
        <Empty
          Icon={isFiltered ? Filter : HistoryIcon}
          title={t(isFiltered ? 'history.noMatch' : 'team.firstUse')}
          actions={isFiltered ? <Button onClick={clear}>{t('history.clear')}</Button> : undefined}
        >
          {t(isFiltered ? 'history.noMatchDetail' : 'team.firstUseDetail')}
        </Empty>
      )}
      {loaded !== null && rows.length > 0 && (
        <VirtualGrid<TeamRow>
          label={t('team.grid')}
          sections={byDays(rows, ({ time }) => time).map(({ day, rows: own }) => ({
            id: String(day),
            label: dayName(day),
            rows: own,
          }))}
          rowCount={loaded.next === null ? rows.length : -1}
          keyOf={keyOfTeamRow}
          nameOf={(row) =>
            t('team.rowName', {
              time: clockTime(row.time, locale),
              event: event(row),
              who: who(row),
              site: siteWords(row.event?.siteId ?? ''),
            })
          }
          render={(row) => (
            <div className="flex gap-2">
              <EventMark type={row.event?.type ?? 'unknown'} className="mt-0.5" />
              <div className="min-w-0 flex-1">
                <div className="flex items-baseline justify-between gap-2">
                  <span className="truncate font-medium">{event(row)}</span>
                  <span className="tabular shrink-0 text-xs text-muted">
                    {clockTime(row.time, locale)}
                  </span>
                </div>
                <div className="flex items-center gap-1.5 text-xs text-muted">
                  <span className="truncate">
                    {who(row)} · {siteWords(row.event?.siteId ?? '')}
                  </span>
                  {!row.isIntact && (
                    <span className="ms-auto flex shrink-0 items-center gap-1 text-high">
                      <ShieldAlert aria-hidden="true" className="size-3.5" />
                      {t('team.notIntact')}
                    </span>
                  )}
                </div>
              </div>
            </div>
          )}
          onOpen={setOpen}
          onNearEnd={more}
          focusKey={returnTo}
          footer={
            <p className="px-3 py-3 text-center text-xs text-muted">
              {loaded.next === null ? t('team.end') : t('history.loadingMore')}
            </p>
          }
        />
      )}
    </>
  );
}
