import { useLiveQuery } from 'dexie-react-hooks';
import { StoreUnavailable, type StoreProblem } from '../store/errors.ts';

/** A live answer of the store: nothing yet, a value, or a named trouble. */
export type Live<T> =
  | { state: 'loading' }
  | { state: 'ready'; value: T }
  | { state: 'trouble'; code: StoreProblem };

const LOADING = { state: 'loading' } as const;

/**
 * Reads the store and reads again whenever what was read changes. What the store throws becomes a
 * state with a code, so that a screen can say it; it never breaks the whole panel.
 */
export function useLive<T>(read: () => Promise<T>, deps: readonly unknown[]): Live<T> {
  return useLiveQuery<Live<T>, Live<T>>(
    async () => {
      try {
        return { state: 'ready', value: await read() };
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        return { state: 'trouble', code: error.code };
      }
    },
    [...deps],
    LOADING,
  );
}

/** The value of a live answer, or what to show until there is one. */
export function liveOr<T>(live: Live<T>, fallback: T): T {
  return live.state === 'ready' ? live.value : fallback;
}
