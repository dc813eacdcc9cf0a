import { useEffect, useState } from 'react';
import { pressureOf, type Pressure } from '../domain/back-pressure.ts';
import { useServices } from './services.ts';
import { useCounts } from './use-counts.ts';
import { useInForceHere } from './use-in-force.ts';

/** How often the browser is asked what room is left, in milliseconds. */
const ASK_MS = 60_000;

/** How much room the record has left here; nothing short until it is known. */
export function usePressure(): Pressure & { unsynced: number } {
  const { host } = useServices();
  const counts = useCounts();
  const settings = useInForceHere()?.settings ?? null;
  const [room, setRoom] = useState({ used: 0, quota: 0 });
  useEffect(() => {
    let live = true;
    const ask = () =>
      void host.storageEstimate().then((now) => {
        if (live) setRoom(now);
      });
    ask();
    const timer = setInterval(ask, ASK_MS);
    return () => {
      live = false;
      clearInterval(timer);
    };
  }, [host]);
  const unsynced = counts?.unsynced ?? 0;
  const hasEndpoint = (settings?.syncEndpoint ?? '') !== '';
  return { ...pressureOf({ unsynced, hasEndpoint, ...room }), unsynced };
}
