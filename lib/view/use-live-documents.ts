import { useEffect, useRef, useState } from 'react';
import type { DocumentPlace } from './browser-host.ts';
import { useServices } from './services.ts';

/**
 * Ids of those documents that are still in their tabs, asked again whenever a tab changed; null until it
 * was asked. A tab that went to another page, or was loaded again, has another document.
 */
export function useLiveDocuments(places: readonly DocumentPlace[]): ReadonlySet<string> | null {
  const { host } = useServices();
  const [live, setLive] = useState<ReadonlySet<string> | null>(null);
  const asked = useRef(places);
  asked.current = places;
  const key = places.map(({ tabId, documentId }) => `${tabId} ${documentId}`).join();
  useEffect(() => {
    let turn = 0;
    const ask = () => {
      turn += 1;
      const mine = turn;
      void host.liveDocuments(asked.current).then((found) => {
        if (mine === turn) setLive(found);
      });
    };
    ask();
    const stop = host.watchDocuments(ask);
    return () => {
      turn += 1;
      stop();
    };
  }, [key, host]);
  return live;
}
