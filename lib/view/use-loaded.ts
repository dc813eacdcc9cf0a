import { useEffect, useState } from 'react';

/**
 * What `load` brings, loaded right after the first paint; null until it is there. Not React's `lazy`, which
 * holds a part back for 300 ms once its fallback was shown.
 */
export function useLoaded<T>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<{ part: T } | null>(null);
  useEffect(() => void load().then((part) => setLoaded({ part })), [load]);
  return loaded?.part ?? null;
}
