import { useCallback } from 'react';
import { MessagingError } from '../messaging/errors.ts';
import { useServices } from './services.ts';

/** What the collector said, or the code of why it did not. */
export type Answer<T> = { ok: true; value: T } | { ok: false; why: string };

/** Asking the collector may take as long as a slow server does. */
export const SLOW = { deadlineMs: 60_000 };

/** Asks the collector through the worker; what can't be answered is said by a code. */
export function useAsk() {
  const { call } = useServices();
  return useCallback(
    async <T>(ask: (to: typeof call) => Promise<Answer<T>>): Promise<Answer<T>> => {
      try {
        return await ask(call);
      } catch (error) {
        if (!(error instanceof MessagingError)) throw error;
        return { ok: false, why: 'worker' };
      }
    },
    [call],
  );
}
