import { useCallback, useState } from 'react';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import { MessagingError } from '../messaging/errors.ts';
import { useServices } from './services.ts';

type Act = RequestOf<ToWorker['case.act']>['act'];

/** Asking the collector may take as long as a slow server does, in milliseconds. */
const ASK_MS = 60_000;

/** Takes a colleague's case, gives it back or hands it over; one at a time. */
export function useCaseActs(itemId: string) {
  const { call } = useServices();
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const act = useCallback(
    async (what: Act, to = ''): Promise<boolean> => {
      setBusy(true);
      setWhy('');
      try {
        const reply = await call('case.act', { itemId, act: what, to }, { deadlineMs: ASK_MS });
        setWhy(reply.why);
        return reply.why === '';
      } catch (error) {
        if (!(error instanceof MessagingError)) throw error;
        setWhy('worker');
        return false;
      } finally {
        setBusy(false);
      }
    },
    [call, itemId],
  );
  return { act, busy, why };
}
