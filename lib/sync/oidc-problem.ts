import * as oauth from 'oauth4webapi';
import { ReplyTooLarge } from './call-endpoint.ts';

/**
 * Why nobody signed in, or stays so; each has its own sentence in the catalog. `closed`: the person closed
 * the window; `denied`: the provider refused them; `interaction`: the provider wants to see the person;
 * `ended`: what renewed the sign-in is no good any more; `somebody-else`: the provider's window knows another
 * person; `provider`: what it says is not to be relied on; `unreachable`: it does not answer.
 */
export type SignInProblem =
  | 'closed'
  | 'denied'
  | 'interaction'
  | 'ended'
  | 'somebody-else'
  | 'provider'
  | 'unreachable';

/** A sign-in that did not come about. */
export class SignInFailed extends Error {
  readonly code: SignInProblem;
  constructor(code: SignInProblem) {
    super(code);
    this.name = 'SignInFailed';
    this.code = code;
  }
}

/** Errors of a provider that knows the person, but not without asking (OIDC Core §3.1.2.6). */
const WANTS_PERSON = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** What an error on the way to a provider means. Throws what is none. */
export function signInFailed(error: unknown): SignInFailed {
  if (error instanceof SignInFailed) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    if (WANTS_PERSON.has(error.error)) return new SignInFailed('interaction');
    return new SignInFailed(error.error === 'access_denied' ? 'denied' : 'provider');
  }
  if (error instanceof oauth.ResponseBodyError)
    return new SignInFailed(error.error === 'invalid_grant' ? 'ended' : 'provider');
  const isOfProtocol =
    error instanceof oauth.OperationProcessingError ||
    error instanceof oauth.UnsupportedOperationError ||
    error instanceof ReplyTooLarge ||
    error instanceof oauth.WWWAuthenticateChallengeError;
  if (isOfProtocol) return new SignInFailed('provider');
  // A fetch that fails, and the timeout.
  if (error instanceof TypeError || error instanceof DOMException)
    return new SignInFailed('unreachable');
  throw error;
}
