import type { EndpointKind } from '../domain/endpoint.ts';
import type { Settings } from './catalog.ts';

/** Code of the notice that the saved token was removed; not a wrong value. */
export const TOKEN_REMOVED = 'token-removed';

const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : '');

/**
 * The saved token, if `endpoint` is of the origin and `kind` that it was saved for; '' else. A token is a
 * secret between the person and one server: another address never gets it unless it is given again, and
 * what signs webhooks is never sent as a token.
 */
export function keptToken(
  saved: Pick<Settings, 'endpointKind' | 'syncEndpoint' | 'syncToken'>,
  endpoint: string,
  kind: EndpointKind,
): string {
  const origin = originOf(endpoint);
  const isSame = origin === originOf(saved.syncEndpoint) && kind === saved.endpointKind;
  return origin !== '' && isSame ? saved.syncToken : '';
}
