import { useMemo } from 'react';
import { queueSections, type QueueSection } from './queue-sections.ts';
import { useServices } from './services.ts';
import { useLive, type Live } from './use-live.ts';

/** Most items shown at once; more are counted and said. */
export const QUEUE_LIMIT = 500;

/** The open items in their sections, highest need first. */
export function useQueue(): Live<readonly QueueSection[]> {
  const { reads } = useServices();
  const live = useLive(() => reads.queueItems(QUEUE_LIMIT), [reads]);
  return useMemo(
    () => (live.state === 'ready' ? { state: 'ready', value: queueSections(live.value) } : live),
    [live],
  );
}
