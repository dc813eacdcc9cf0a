import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventRow } from '../store/rows.ts';
import { heldAt } from './history-rows.ts';
import { useSyncState, useWitnessed } from './use-counts.ts';
import { useInForceHere } from './use-in-force.ts';

/** Where an entry is held, in words: on this device, at the endpoint, signed for by it. */
export function useHeldWords(): (row: EventRow) => string {
  const { t } = useTranslation('panel');
  const sync = useSyncState();
  const witnessed = useWitnessed();
  const settings = useInForceHere()?.settings ?? null;
  const kind = settings?.endpointKind ?? 'collector';
  const hasEndpoint = (settings?.syncEndpoint ?? '') !== '';
  const acked = useMemo(
    () => new Map(sync?.cursors.map((cursor) => [cursor.logid, cursor.ackedSeq])),
    [sync],
  );
  return useCallback(
    (row) => {
      const is = heldAt(row, acked, witnessed, kind);
      const isCollector = kind === 'collector';
      const parts = [t('tick.here')];
      if (is !== 'here') parts.push(t(isCollector ? 'tick.synced' : 'tick.sent'));
      if (is === 'witnessed') parts.push(t('tick.witnessed'));
      if (hasEndpoint && is === 'here')
        parts.push(t(isCollector ? 'tick.notSynced' : 'tick.notSent'));
      if (hasEndpoint && isCollector && is !== 'witnessed') parts.push(t('tick.notWitnessed'));
      return parts.join(', ');
    },
    [t, acked, witnessed, kind, hasEndpoint],
  );
}
