import {
  CheckCheck,
  Check as Tick,
  Database,
  Filter,
  History as HistoryIcon,
  Stamp,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointKind } from '../../lib/domain/endpoint.ts';
import { clockTime } from '../../lib/view/format.ts';
import {
  byDay,
  heldAt,
  keyOfRow,
  type Held,
  type HistoryRow,
} from '../../lib/view/history-rows.ts';
import type { Live } from '../../lib/view/use-live.ts';
import { useDayName } from '../../lib/view/use-day-name.ts';
import { useItemWords, useLocale, useSiteWords } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { VirtualGrid } from '../ui/virtual-grid.tsx';
import { EventMark } from './event-mark.tsx';

const NONE: ReadonlyMap<string, number> = new Map();
const HELD = { here: Tick, synced: CheckCheck, sent: CheckCheck, witnessed: Stamp } as const;

function HeldMark({ held }: { held: Held }) {
  const Icon = HELD[held];
  return <Icon aria-hidden="true" className="size-3.5" />;
}

interface Props {
  live: Live<{ rows: readonly HistoryRow[]; next: unknown }>;
  filtered: boolean;
  /** Highest number that the endpoint acknowledged, by log; null when no endpoint is set. */
  acked: ReadonlyMap<string, number> | null;
  /** Kind of the endpoint that is set. */
  endpointKind: EndpointKind;
  /** The same for what someone else signed for. */
  witnessed: ReadonlyMap<string, number>;
  focusKey: string | null;
  onOpen: (row: HistoryRow) => void;
  onMore: () => void;
  onClear: () => void;
}

/** The trail as people read it: by day, newest first, in each of its states. */
export function HistoryList(props: Props) {
  const { live, filtered, acked, endpointKind, witnessed, focusKey, onOpen, onMore, onClear } =
    props;
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const dayName = useDayName();
  const words = useItemWords();
  const siteWords = useSiteWords();
  const rows = live.state === 'ready' ? live.value.rows : null;
  const days = useMemo(() => byDay(rows ?? []), [rows]);
  if (live.state === 'loading') return <Skeleton label={t('history.loading')} rows={6} />;
  if (live.state === 'trouble')
    return (
      <Empty Icon={Database} title={t('history.trouble')}>
        {t('history.troubleDetail', { why: t(`storeProblem.${live.code}`) })}
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
  const who = (row: HistoryRow) => row.row.actor || t('history.extension');
  const held = ({ row }: HistoryRow) => heldAt(row, acked ?? NONE, witnessed, endpointKind);
  const isCollector = endpointKind === 'collector';
  const ticks = (row: HistoryRow) => {
    const is = held(row);
    const parts = [t('tick.here')];
    if (is !== 'here') parts.push(t(isCollector ? 'tick.synced' : 'tick.sent'));
    if (is === 'witnessed') parts.push(t('tick.witnessed'));
    if (acked !== null && is === 'here')
      parts.push(t(isCollector ? 'tick.notSynced' : 'tick.notSent'));
    if (acked !== null && isCollector && is !== 'witnessed') parts.push(t('tick.notWitnessed'));
    return parts.join(', ');
  };
  const site = ({ row, item }: HistoryRow) =>
    item === null ? siteWords(row.siteId) : words.site(item);
  const subject = ({ item }: HistoryRow) => (item === null ? '' : words.subject(item));
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
          site: site(row),
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
              <span
                className="truncate"
                title={row.item === null ? undefined : words.host(row.item)}
              >
                {[who(row), subject(row), site(row)].filter((part) => part !== '').join(' · ')}
              </span>
              <span className="ms-auto flex shrink-0 items-center gap-1" title={ticks(row)}>
                <HeldMark held={held(row)} />
                {t(`tick.short.${held(row)}`)}
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
