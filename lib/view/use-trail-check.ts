import { useCallback, useRef, useState } from 'react';
import type { DeviceVerdict } from '../audit/verify-logs.ts';
import { StoreUnavailable } from '../store/errors.ts';
import { useServices } from './services.ts';

/** A check of the trail, from not asked for to its verdict. */
export type TrailCheck =
  | { state: 'idle' }
  | { state: 'running'; done: number; total: number }
  | { state: 'cancelled'; done: number }
  | { state: 'done'; verdict: DeviceVerdict }
  | { state: 'failed'; code: string };

/** Checks the whole trail of this device, in pages, with progress; it can be stopped. */
export function useTrailCheck() {
  const { reads, headMirror } = useServices();
  const [check, setCheck] = useState<TrailCheck>({ state: 'idle' });
  const stop = useRef<AbortController | null>(null);

  const start = useCallback(async () => {
    stop.current?.abort();
    const control = new AbortController();
    stop.current = control;
    let done = 0;
    setCheck({ state: 'running', done, total: 0 });
    try {
      const verdict = await reads.verify({
        mirror: await headMirror(),
        since: null,
        signal: control.signal,
        onProgress(count, total) {
          done = count;
          if (!control.signal.aborted) setCheck({ state: 'running', done, total });
        },
      });
      if (stop.current === control) setCheck({ state: 'done', verdict });
    } catch (error) {
      if (stop.current !== control) return;
      if (control.signal.aborted) setCheck({ state: 'cancelled', done });
      else if (error instanceof StoreUnavailable) setCheck({ state: 'failed', code: error.code });
      else throw error;
    }
  }, [reads, headMirror]);

  const cancel = useCallback(() => stop.current?.abort(), []);
  const close = useCallback(() => {
    stop.current?.abort();
    stop.current = null;
    setCheck({ state: 'idle' });
  }, []);
  return { check, start, cancel, close };
}
