import { useCallback, useState } from 'react';
import type { RequestOf, ToWorker } from '../messaging/contracts.ts';
import { SLOW, useAsk, type Answer } from './use-ask.ts';

type Act = RequestOf<ToWorker['case.act']>['act'];

/** What can be done about an escalation besides deciding it; one act at a time. */
export function useCaseActs(itemId: string) {
  const ask = useAsk();
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const run = useCallback(async (work: Promise<Answer<null>>): Promise<boolean> => {
    setBusy(true);
    setWhy('');
    const reply = await work;
    setBusy(false);
    setWhy(reply.ok ? '' : reply.why);
    return reply.ok;
  }, []);
  const said = (not: string): Answer<null> =>
    not === '' ? { ok: true, value: null } : { ok: false, why: not };
  return {
    busy,
    why,
    /** A lead takes it, gives it back or hands it over. */
    act: (what: Act, to = '') =>
      run(ask(async (call) => said((await call('case.act', { itemId, act: what, to }, SLOW)).why))),
    /** Its author takes it back; works until it is decided, also while the collector is away. */
    takeBack: (decisionId: string) =>
      run(
        ask(async (call) => {
          const reply = await call('item.undo', { itemId, decisionId }, SLOW);
          return said(reply.ok ? '' : 'case-ended');
        }),
      ),
  };
}
