import { useCallback, useState } from 'react';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import { SLOW, useAsk } from './use-ask.ts';

type Act = RequestOf<ToWorker['case.act']>['act'];

/** Takes a colleague's case, gives it back or hands it over; one at a time. */
export function useCaseActs(itemId: string) {
  const ask = useAsk();
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const act = useCallback(
    async (what: Act, to = ''): Promise<boolean> => {
      setBusy(true);
      setWhy('');
      const reply = await ask(async (call) => {
        const { why: not } = await call('case.act', { itemId, act: what, to }, SLOW);
        return not === '' ? { ok: true, value: null } : { ok: false, why: not };
      });
      setBusy(false);
      setWhy(reply.ok ? '' : reply.why);
      return reply.ok;
    },
    [ask, itemId],
  );
  return { act, busy, why };
}
