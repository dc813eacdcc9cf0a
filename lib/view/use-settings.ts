import { useEffect, useState } from 'react';
import type { Settings } from '../settings/catalog.ts';
import { useServices } from './services.ts';

/** The settings in force, kept up to date; null until they were read. */
export function useSettings(): Settings | null {
  const { settings } = useServices();
  const [current, setCurrent] = useState<Settings | null>(null);
  useEffect(() => {
    let live = true;
    const take = (value: Settings) => {
      if (live) setCurrent(value);
    };
    void settings.read().then(take);
    const stop = settings.watch(take);
    return () => {
      live = false;
      stop();
    };
  }, [settings]);
  return current;
}
