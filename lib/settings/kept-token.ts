import type { Settings } from './catalog.ts';

/** Code of the notice that the saved token was removed; not a wrong value. */
export const TOKEN_REMOVED = 'token-removed';

const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : '');

/**
 * The saved token, if `endpoint` is of the origin that it was saved for; '' else. A token is a secret
 * between the person and one server: another address never gets it unless it is given again.
 */
export function keptToken(
  saved: Pick<Settings, 'syncEndpoint' | 'syncToken'>,
  endpoint: string,
): string {
  const origin = originOf(endpoint);
  return origin !== '' && origin === originOf(saved.syncEndpoint) ? saved.syncToken : '';
}
