/** Entries that wait for the endpoint: from `HIGH` on it is said, above `FULL` nothing is let go any more. */
const HIGH_UNSYNCED = 20_000;
const FULL_UNSYNCED = 100_000;
/** The same for the share of the browser's storage that is still free. */
const LOW_ROOM = 0.2;
const NO_ROOM = 0.05;

/** How much room the record has left, and what is short. */
export interface Pressure {
  level: 'none' | 'high' | 'full';
  short: 'unsynced' | 'storage' | null;
}

/**
 * How much room the record has left on this device. `used` and `quota` in bytes as the browser estimates them,
 * quota 0 for unknown. Entries only wait where an endpoint is set.
 */
export function pressureOf(of: {
  unsynced: number;
  hasEndpoint: boolean;
  used: number;
  quota: number;
}): Pressure {
  const room = of.quota > 0 ? (of.quota - of.used) / of.quota : 1;
  const waiting = of.hasEndpoint ? of.unsynced : 0;
  if (room < NO_ROOM) return { level: 'full', short: 'storage' };
  if (waiting > FULL_UNSYNCED) return { level: 'full', short: 'unsynced' };
  if (room < LOW_ROOM) return { level: 'high', short: 'storage' };
  if (waiting > HIGH_UNSYNCED) return { level: 'high', short: 'unsynced' };
  return { level: 'none', short: null };
}
