import { useTranslation } from 'react-i18next';
import type { Settings } from '../lib/settings/catalog.ts';
import { useManaged } from '../lib/view/use-managed.ts';
import { useServices } from '../lib/view/services.ts';
import { useCounts, useSyncState } from '../lib/view/use-counts.ts';
import { useSyncProblemWords } from '../lib/view/use-sync-problem-words.ts';
import { useCoverage } from '../lib/view/use-sites-covered.ts';
import { StatusFooter } from './queue/status-footer.tsx';

/** The footer, fed from the store and from Chrome. */
export function PanelFooter({ settings }: { settings: Settings | null }) {
  const { host } = useServices();
  const { t } = useTranslation('panel');
  const counts = useCounts();
  const sync = useSyncState();
  const coverage = useCoverage(settings);
  const problemWords = useSyncProblemWords();
  const managed = useManaged();
  if (settings === null || counts === null || coverage === null)
    return <footer aria-label={t('footer.label')} className="min-h-8 border-t border-line" />;
  const covered = [...coverage.values()].filter(Boolean).length;
  return (
    <StatusFooter
      status={{
        hasEndpoint: settings.syncEndpoint !== '',
        endpointKind: settings.endpointKind,
        unsynced: counts.unsynced,
        problem: sync?.lastProblem == null ? '' : problemWords(sync.lastProblem),
        nextAt: sync?.nextAt ?? 0,
        covered,
        uncovered: coverage.size - covered,
        managed: managed.keys.length,
        unusable: managed.problems.length,
      }}
      onOpen={(section) => host.openOptions(section)}
    />
  );
}
