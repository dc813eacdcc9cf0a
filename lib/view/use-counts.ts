import { useServices } from './services.ts';
import { liveOr, useLive } from './use-live.ts';

const NONE: ReadonlyMap<string, number> = new Map();

/** Kept counters: waiting, decided today, not yet synced. Null until the store answered. */
export function useCounts() {
  const { reads, now } = useServices();
  return liveOr<Awaited<ReturnType<typeof reads.counts>> | null>(
    useLive(() => reads.counts(now()), [reads, now]),
    null,
  );
}

/** How sending to the endpoint goes; null until the store answered. */
export function useSyncState() {
  const { reads } = useServices();
  return liveOr<Awaited<ReturnType<typeof reads.syncState>> | null>(
    useLive(() => reads.syncState(), [reads]),
    null,
  );
}

/** The highest witnessed entry of each log; empty until the store answered. */
export function useWitnessed(): ReadonlyMap<string, number> {
  const { reads } = useServices();
  return liveOr<ReadonlyMap<string, number>>(
    useLive(() => reads.witnessed(), [reads]),
    NONE,
  );
}

/** The last errors kept on this device, newest first as the store gives them. */
export function useProblems() {
  const { reads } = useServices();
  return liveOr<Awaited<ReturnType<typeof reads.problems>>>(
    useLive(() => reads.problems(), [reads]),
    [],
  );
}
