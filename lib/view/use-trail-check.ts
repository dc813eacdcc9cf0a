import { useCallback, useRef, useState } from 'react';
import type { DeviceVerdict } from '../audit/verify-logs.ts';
import { StoreUnavailable, type StoreProblem } from '../store/errors.ts';
import { keepLastCheck, readLastCheck, type LastCheck } from './last-check.ts';
import { useServices } from './services.ts';

/** A check of the trail, from not asked for to its verdict. */
export type TrailCheck =
  | { state: 'idle' }
  | { state: 'running'; done: number; total: number }
  | { state: 'cancelled'; done: number }
  /** `since` is when the entries before were checked; null when all were read. */
  | { state: 'done'; verdict: DeviceVerdict; since: number | null }
  | { state: 'failed'; code: StoreProblem };

/**
 * Checks the trail of this device, in pages, with progress; it can be stopped. Whole, or only what came
 * after an earlier check.
 */
export function useTrailCheck() {
  const { reads, headMirror, now } = useServices();
  const [last, setLast] = useState(() => readLastCheck(localStorage));
  const [check, setCheck] = useState<TrailCheck>({ state: 'idle' });
  const stop = useRef<AbortController | null>(null);

  const start = useCallback(
    async (since: LastCheck | null) => {
      stop.current?.abort();
      const control = new AbortController();
      stop.current = control;
      let done = 0;
      setCheck({ state: 'running', done, total: 0 });
      try {
        const verdict = await reads.verify({
          mirror: await headMirror(),
          since: since?.heads ?? null,
          signal: control.signal,
          onProgress(count, total) {
            done = count;
            if (!control.signal.aborted) setCheck({ state: 'running', done, total });
          },
        });
        if (stop.current !== control) return;
        setCheck({ state: 'done', verdict, since: since?.at ?? null });
        if (verdict.state !== 'verified') return;
        const next = { at: now(), heads: verdict.logs.flatMap((log) => log.last ?? []) };
        keepLastCheck(localStorage, next);
        setLast(next);
      } catch (error) {
        if (stop.current !== control) return;
        if (control.signal.aborted) setCheck({ state: 'cancelled', done });
        else if (error instanceof StoreUnavailable) setCheck({ state: 'failed', code: error.code });
        else throw error;
      }
    },
    [reads, headMirror, now],
  );

  const cancel = useCallback(() => stop.current?.abort(), []);
  const close = useCallback(() => {
    stop.current?.abort();
    stop.current = null;
    setCheck({ state: 'idle' });
  }, []);
  return { check, last, start, cancel, close };
}
