/** Paths of the collector, below its address. */
export const PATHS = {
  health: '/health',
  keys: '/v1/keys',
  test: '/v1/test',
  log: (logid: string) => `/v1/logs/${logid}`,
  events: (logid: string) => `/v1/logs/${logid}/events`,
} as const;

/**
 * The full address of a path. `base` may end in `/` or `/v1`: people paste both. Throws `TypeError`
 * when `base` is no address.
 */
export function endpointUrl(base: string, path: string): string {
  const url = new URL(base);
  const root = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return `${url.origin}${root}${path}`;
}
