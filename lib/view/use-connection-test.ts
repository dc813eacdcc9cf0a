import { useCallback, useState } from 'react';
import { MessagingError } from '../messaging/errors.ts';
import { useServices } from './services.ts';

/** A test waits for a slow server as long as sending would, in milliseconds. */
const TEST_DEADLINE_MS = 45_000;

/** One thing that was tried, in order. */
export interface TestStep {
  code: string;
  ok: boolean;
  detail: string;
}

/** A connection test, from not asked for to its result. */
export type ConnectionTest =
  | { state: 'idle' }
  | { state: 'running' }
  | { state: 'done'; ok: boolean; steps: readonly TestStep[] }
  | { state: 'failed'; code: MessagingError['code'] };

/** Tests an endpoint; green only when it gave back what was sent. */
export function useConnectionTest() {
  const { call } = useServices();
  const [test, setTest] = useState<ConnectionTest>({ state: 'idle' });
  const start = useCallback(
    async (url: string, token: string) => {
      setTest({ state: 'running' });
      try {
        const reply = await call('sync.test', { url, token }, { deadlineMs: TEST_DEADLINE_MS });
        setTest({ state: 'done', ...reply });
      } catch (error) {
        if (!(error instanceof MessagingError)) throw error;
        setTest({ state: 'failed', code: error.code });
      }
    },
    [call],
  );
  return { test, start };
}
