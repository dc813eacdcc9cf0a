import { CheckCheck, Check as Tick, Database, Filter, History as HistoryIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime, dayOf } from '../../lib/view/format.ts';
import { byDay, keyOfRow, type HistoryRow } from '../../lib/view/history-rows.ts';
import type { Live } from '../../lib/view/use-live.ts';
import { useLocale, useNow } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { VirtualGrid } from '../ui/virtual-grid.tsx';
import { EventMark } from './event-mark.tsx';

const DAY_MS = 24 * 3_600_000;

interface Props {
  live: Live<{ rows: readonly HistoryRow[]; next: unknown }>;
  filtered: boolean;
  /** Highest number that the endpoint acknowledged, by log; null when no endpoint is set. */
  acked: ReadonlyMap<string, number> | null;
  focusKey: string | null;
  onOpen: (row: HistoryRow) => void;
  onMore: () => void;
  onClear: () => void;
}

/** The trail as people read it: by day, newest first, in each of its states. */
export function HistoryList({ live, filtered, acked, focusKey, onOpen, onMore, onClear }: Props) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const now = useNow();
  const rows = live.state === 'ready' ? live.value.rows : null;
  const days = useMemo(() => byDay(rows ?? []), [rows]);
  if (live.state === 'loading') return <Skeleton label={t('history.loading')} rows={6} />;
  if (live.state === 'trouble')
    return (
      <Empty Icon={Database} title={t('history.trouble')}>
        {t('history.troubleDetail', { code: live.code })}
      </Empty>
    );
  if (live.value.rows.length === 0)
    return filtered ? (
      <Empty
        Icon={Filter}
        title={t('history.noMatch')}
        actions={<Button onClick={onClear}>{t('history.clear')}</Button>}
      >
        {t('history.noMatchDetail')}
      </Empty>
    ) : (
      <Empty Icon={HistoryIcon} title={t('history.firstUse')}>
        {t('history.firstUseDetail')}
      </Empty>
    );
  const today = new Date(now).setHours(0, 0, 0, 0);
  const dayName = (day: number) =>
    day === today
      ? t('history.today')
      : day >= today - DAY_MS
        ? t('history.yesterday')
        : dayOf(day, locale);
  const who = (row: HistoryRow) => row.row.actor || t('history.extension');
  const isSynced = ({ row }: HistoryRow) => (acked?.get(row.logid) ?? -1) >= row.seq;
  const ticks = (row: HistoryRow) =>
    [t('tick.here'), acked === null ? '' : isSynced(row) ? t('tick.synced') : t('tick.notSynced')]
      .filter((part) => part !== '')
      .join(', ');
  const subject = (row: HistoryRow) => row.subject || row.row.siteId;
  return (
    <VirtualGrid<HistoryRow>
      label={t('history.grid')}
      sections={days.map(({ day, rows: own }) => ({
        id: String(day),
        label: dayName(day),
        rows: own,
      }))}
      rowCount={live.value.next === null ? live.value.rows.length : -1}
      keyOf={keyOfRow}
      nameOf={(row) =>
        t('history.rowName', {
          time: clockTime(row.row.time, locale),
          event: t(`event.${row.row.type}`),
          who: who(row),
          subject: subject(row),
          ticks: ticks(row),
        })
      }
      render={(row) => (
        <div className="flex gap-2">
          <EventMark type={row.row.type} className="mt-0.5" />
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline justify-between gap-2">
              <span className="truncate font-medium">{t(`event.${row.row.type}`)}</span>
              <span className="tabular shrink-0 text-xs text-muted">
                {clockTime(row.row.time, locale)}
              </span>
            </div>
            <div className="flex items-center gap-1.5 text-xs text-muted">
              <span className="truncate">
                {who(row)} · {subject(row)}
              </span>
              <span className="ms-auto shrink-0" title={ticks(row)}>
                {isSynced(row) ? (
                  <CheckCheck aria-hidden="true" className="size-3.5" />
                ) : (
                  <Tick aria-hidden="true" className="size-3.5" />
                )}
              </span>
            </div>
          </div>
        </div>
      )}
      onOpen={onOpen}
      onNearEnd={onMore}
      focusKey={focusKey}
      footer={
        <p className="px-3 py-3 text-center text-xs text-muted">
          {live.value.next === null ? t('history.end') : t('history.loadingMore')}
        </p>
      }
    />
  );
}
