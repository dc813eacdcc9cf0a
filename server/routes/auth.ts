import { authReply } from '../../lib/protocol/auth.ts';
import { PATHS } from '../../lib/protocol/paths.ts';
import { openRoute } from '../api/route.ts';

/** How people sign in, for who is not yet anybody here. */
export const authRoute = openRoute({
  id: 'auth.read',
  method: 'GET',
  path: PATHS.auth,
  summary: 'How people sign in: the provider, and what a device tells it',
  reply: authReply,
  handle: ({ oidc }) => {
    if (oidc === undefined) return { oidc: null };
    const { issuer, audience, scopes } = oidc.settings;
    return { oidc: { issuer, clientId: audience, scopes: [...scopes] } };
  },
});
