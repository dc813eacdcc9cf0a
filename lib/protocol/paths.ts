/** Paths of the collector, below its address. */
export const PATHS = {
  health: '/health',
  keys: '/v1/keys',
  auth: '/v1/auth',
  test: '/v1/test',
  log: (logid: string) => `/v1/logs/${logid}`,
  events: (logid: string) => `/v1/logs/${logid}/events`,
  me: '/v1/me',
  members: '/v1/members',
  member: (id: string) => `/v1/members/${id}`,
  memberTokens: (id: string) => `/v1/members/${id}/tokens`,
  token: (id: string) => `/v1/tokens/${id}`,
  policy: '/v1/policy',
  policies: '/v1/policies',
  feed: '/v1/feed',
  cases: '/v1/cases',
  case: (id: string) => `/v1/cases/${id}`,
  caseAct: (id: string, act: string) => `/v1/cases/${id}/${act}`,
  history: '/v1/history',
  comments: '/v1/comments',
  contents: '/v1/contents',
  openapi: '/v1/openapi.json',
  metrics: '/metrics',
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
