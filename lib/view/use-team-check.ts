import { useCallback, useRef, useState } from 'react';
import { readEvent } from '../audit/event-read.ts';
import type { Head } from '../audit/leaf.ts';
import type { TrailRow } from '../audit/verdict.ts';
import { verifyLogs, type LogFound } from '../audit/verify-logs.ts';
import type { TrailCheck } from './use-trail-check.ts';
import { SLOW, useAsk, type Answer } from './use-ask.ts';

/** Logs of one device that are followed back; each begins where the one before was lost. */
const MAX_LOGS = 50;

class NotTold extends Error {
  readonly why: string;
  constructor(why: string) {
    super(why);
    this.why = why;
  }
}

function value<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new NotTold(answer.why);
  return answer.value;
}

/** The end of the log before, as the first entry of a log names it; '' for none. */
function previousOf(raw: string): string {
  const read = readEvent(raw);
  const link = read.ok ? read.event.data['previous'] : null;
  const id = typeof link === 'object' && link !== null ? Reflect.get(link, 'logid') : '';
  return typeof id === 'string' ? id : '';
}

/**
 * Checks a colleague's record as the collector holds it: every entry from the first on, against the
 * collector's own last entry, and back through the logs that it goes on from.
 */
export function useTeamCheck() {
  const ask = useAsk();
  const [check, setCheck] = useState<TrailCheck>({ state: 'idle' });
  const [why, setWhy] = useState('');
  const stop = useRef<AbortController | null>(null);
  const start = useCallback(
    async (logid: string) => {
      stop.current?.abort();
      const control = new AbortController();
      stop.current = control;
      const { signal } = control;
      let done = 0;
      setWhy('');
      setCheck({ state: 'running', done, total: 0 });
      const page = async (id: string, from: number) => {
        signal.throwIfAborted();
        return value(await ask((call) => call('team.log', { logid: id, from }, SLOW)));
      };
      async function* rows(id: string): AsyncGenerator<TrailRow> {
        for (let from: number | null = 0; from !== null;) {
          const { events, next }: Awaited<ReturnType<typeof page>> = await page(id, from);
          yield* events.map(({ seq, raw, hash }) => ({ seq, raw, hash }));
          from = next;
        }
      }
      try {
        const found: LogFound[] = [];
        let total = 0;
        for (let id = logid; id !== '' && found.length < MAX_LOGS;) {
          const current = id;
          const told = await ask((call) => call('team.head', { logid: current }, SLOW));
          // One that never reached the collector: that the log goes on from it is said by the check.
          if (!told.ok && told.why === 'not-found') break;
          const { head } = value(told);
          const saved: Head | undefined = head === null ? undefined : { logid: current, ...head };
          total += (head?.seq ?? -1) + 1;
          found.push({
            logid: current,
            heads: saved === undefined ? {} : { saved, synced: saved },
            rows: () => rows(current),
          });
          const first = (await page(current, 0)).events[0];
          id = first === undefined ? '' : previousOf(first.raw);
        }
        const verdict = await verifyLogs(found, {
          signal,
          onProgress(count) {
            done = count;
            if (!signal.aborted) setCheck({ state: 'running', done, total });
          },
        });
        if (stop.current === control) setCheck({ state: 'done', verdict, since: null });
      } catch (error) {
        if (stop.current !== control) return;
        if (signal.aborted) return setCheck({ state: 'cancelled', done });
        if (!(error instanceof NotTold)) throw error;
        setCheck({ state: 'idle' });
        setWhy(error.why);
      }
    },
    [ask],
  );
  const cancel = useCallback(() => stop.current?.abort(), []);
  const close = useCallback(() => {
    stop.current?.abort();
    stop.current = null;
    setCheck({ state: 'idle' });
  }, []);
  return { check, why, start, cancel, close };
}
