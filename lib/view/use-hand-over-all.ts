import { useCallback, useState } from 'react';
import type { ReviewItem } from '../domain/item.ts';
import { SLOW, useAsk } from './use-ask.ts';

/** How handing over went: how many of them, and why not the next one, as a code. */
export interface HandedOver {
  done: number;
  total: number;
  why: string;
}

/** Hands several cases to one lead, one after the other; stops at the first that the collector refuses. */
export function useHandOverAll(items: readonly ReviewItem[]) {
  const ask = useAsk();
  const [busy, setBusy] = useState(false);
  const [handed, setHanded] = useState<HandedOver | null>(null);
  const give = useCallback(
    async (to: string): Promise<void> => {
      setBusy(true);
      let done = 0;
      let why = '';
      for (const { id: itemId } of items) {
        const reply = await ask(async (call) => {
          const { why: not } = await call('case.act', { itemId, act: 'hand-over', to }, SLOW);
          return not === '' ? { ok: true, value: null } : { ok: false, why: not };
        });
        if (!reply.ok) {
          why = reply.why;
          break;
        }
        done += 1;
      }
      setBusy(false);
      setHanded({ done, total: items.length, why });
    },
    [ask, items],
  );
  return { busy, handed, give };
}
