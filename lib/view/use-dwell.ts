import { useCallback, useEffect, useRef } from 'react';
import { useServices } from './services.ts';

/**
 * How long something was open, and how long it was visible with the panel in focus, in milliseconds.
 * Starts anew with each `key`.
 */
export function useDwell(key: string): () => { visibleMs: number; openMs: number } {
  const { now } = useServices();
  const clock = useRef({ openedAt: 0, since: null as number | null, total: 0 });
  useEffect(() => {
    const watching = () => document.visibilityState === 'visible' && document.hasFocus();
    clock.current = { openedAt: now(), since: watching() ? now() : null, total: 0 };
    const update = () => {
      const state = clock.current;
      if (state.since !== null) state.total += now() - state.since;
      state.since = watching() ? now() : null;
    };
    const events = ['focus', 'blur'] as const;
    for (const name of events) window.addEventListener(name, update);
    document.addEventListener('visibilitychange', update);
    return () => {
      for (const name of events) window.removeEventListener(name, update);
      document.removeEventListener('visibilitychange', update);
    };
  }, [key, now]);
  return useCallback(() => {
    const { openedAt, since, total } = clock.current;
    return {
      visibleMs: total + (since === null ? 0 : now() - since),
      openMs: now() - openedAt,
    };
  }, [now]);
}
