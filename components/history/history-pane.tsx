import { Download, FileQuestion, ShieldCheck } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../lib/protocol/team.ts';
import { panelActions, usePanel, type EntryRef } from '../../lib/view/panel-store.ts';
import { useEntry } from '../../lib/view/use-entry.ts';
import { useExport, type ExportTrouble } from '../../lib/view/use-export.ts';
import { useHistory, useHistoryNames } from '../../lib/view/use-history.ts';
import { useReadingKeys } from '../../lib/view/use-reading-keys.ts';
import { useSyncState, useWitnessed } from '../../lib/view/use-counts.ts';
import { useInForceHere } from '../../lib/view/use-in-force.ts';
import { useTrailCheck } from '../../lib/view/use-trail-check.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { HistoryFilters } from './history-filters.tsx';
import { HistoryList } from './history-list.tsx';
import { ScopeSwitch } from './scope-switch.tsx';
import { TeamHistory } from './team-history.tsx';
import { TrailCheckRegion } from './trail-check.tsx';

/** History: of this browser, and for leads that of the team. */
export function HistoryPane({ bareKeys }: { bareKeys: boolean }) {
  const me = useInForceHere()?.me ?? null;
  const scope = usePanel((state) => state.scope);
  const isLead = me !== null && includesRole(me.role, 'lead');
  if (isLead && scope === 'team') return <TeamHistory />;
  return <OwnHistory bareKeys={bareKeys} isLead={isLead} />;
}

/** The list with its filters, check and export, or one entry. */
function OwnHistory({ bareKeys, isLead }: { bareKeys: boolean; isLead: boolean }) {
  const { t } = useTranslation('panel');
  const { entry, filter } = usePanel();
  const { live, more } = useHistory(filter);
  const names = useHistoryNames();
  const sync = useSyncState();
  const settings = useInForceHere()?.settings ?? null;
  const witnessed = useWitnessed();
  const trail = useTrailCheck();
  const { made, start: startExport } = useExport();
  const { last } = trail;
  const exportHint = useId();
  const exportWhy = (why: ExportTrouble) => {
    if (why === null) return t('history.exportDefect');
    return why.kind === 'store' ? t(`storeProblem.${why.code}`) : t(`callProblem.${why.code}`);
  };
  const [returnTo, setReturnTo] = useState<string | null>(null);
  const acked = useMemo(
    () =>
      sync === null || sync.cursors.length === 0
        ? null
        : new Map(sync.cursors.map((cursor) => [cursor.logid, cursor.ackedSeq])),
    [sync],
  );
  const back = () => {
    if (entry !== null) setReturnTo(`${entry.logid} ${entry.seq}`);
    panelActions.openEntry(null);
  };
  useReadingKeys({ v: () => void trail.start(null) }, back, bareKeys);
  if (entry !== null) return <EntryPane entryRef={entry} onBack={back} />;
  const filtered = filter.person !== '' || filter.outcome !== '' || filter.siteId !== '';
  return (
    <>
      {isLead && <ScopeSwitch />}
      <div className="space-y-1.5 border-b border-line px-3 py-2">
        <HistoryFilters filter={filter} people={names.people} sites={names.sites} />
        <div className="flex gap-1.5">
          <Button
            className="flex-1"
            hint={bareKeys ? 'V' : undefined}
            icon={<ShieldCheck aria-hidden="true" className="size-4" />}
            onClick={() => void trail.start(null)}
          >
            {t('history.verify')}
          </Button>
          <Button
            className="flex-1"
            aria-describedby={exportHint}
            icon={<Download aria-hidden="true" className="size-4" />}
            onClick={() => void startExport()}
          >
            {t('history.export')}
          </Button>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-x-2 text-xs text-muted">
          <p id={exportHint} className="min-w-0 flex-[1_1_12rem]">
            {t('history.exportHint')}
          </p>
          {last !== null && (
            <Button look="quiet" onClick={() => void trail.start(last)}>
              {t('check.since')}
            </Button>
          )}
        </div>
        <TrailCheckRegion check={trail.check} onCancel={trail.cancel} onClose={trail.close} />
        {made.state === 'running' && (
          <p role="status" className="tabular text-muted">
            {t('history.exporting', { count: made.lines })}
          </p>
        )}
        {made.state === 'done' && (
          <Notice look="good" role="status">
            {t('history.exported', { count: made.lines })}
          </Notice>
        )}
        {made.state === 'failed' && (
          <Notice look="bad" role="alert">
            {t('history.exportFailed', { why: exportWhy(made.why) })}
          </Notice>
        )}
      </div>
      <HistoryList
        live={live}
        filtered={filtered}
        acked={acked}
        endpointKind={settings?.endpointKind ?? 'collector'}
        witnessed={witnessed}
        focusKey={returnTo}
        onOpen={({ row }) => panelActions.openEntry({ logid: row.logid, seq: row.seq })}
        onMore={more}
        onClear={() => panelActions.filter({ person: '', outcome: '', siteId: '' })}
      />
    </>
  );
}

function EntryPane({ entryRef, onBack }: { entryRef: EntryRef; onBack: () => void }) {
  const { t } = useTranslation('panel');
  const live = useEntry(entryRef);
  if (live.state === 'loading') return <Skeleton label={t('history.loading')} rows={6} />;
  if (live.state === 'ready' && live.value !== null)
    return <EntryDetail view={live.value} onBack={onBack} />;
  return (
    <Empty
      Icon={FileQuestion}
      title={live.state === 'trouble' ? t('history.trouble') : t('detail.gone')}
      actions={<Button onClick={onBack}>{t('entry.back')}</Button>}
    >
      {live.state === 'trouble'
        ? t('history.troubleDetail', { why: t(`storeProblem.${live.code}`) })
        : t('detail.goneDetail')}
    </Empty>
  );
}
