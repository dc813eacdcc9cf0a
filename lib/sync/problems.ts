import type { CallFailure } from './call-endpoint.ts';

/**
 * Why sending stopped; each has its own sentence in the catalog. `http`: the status is in `detail`;
 * `bad-reply`: not the answer of a collector; `gone`: no collector at this address any more;
 * `protocol`: it speaks another protocol; `key-changed`: receipts are signed with another key than at
 * first contact; `receipt`: a receipt is not what its key would sign; `fork`, `envelope-invalid`: one log is
 * stopped; `too-large`: not even one event is taken; `in-progress`: the same push is still under way;
 * `secret`: what signs webhooks is missing or not of its form; `signature-refused`: the receiver says 401;
 * `no-collector`: no collector is set; `redaction`: texts could not be redacted, so none leaves.
 */
export type SyncProblem =
  | CallFailure
  | 'http'
  | 'unauthorized'
  | 'forbidden'
  | 'gone'
  | 'protocol'
  | 'bad-reply'
  | 'key-changed'
  | 'receipt'
  | 'fork'
  | 'envelope-invalid'
  | 'too-large'
  | 'in-progress'
  | 'key-reused'
  | 'secret'
  | 'signature-refused'
  | 'no-collector'
  | 'redaction';

/** A failure, and how long the endpoint asks to wait. */
export interface Failure {
  code: SyncProblem;
  detail: string;
  /** `Retry-After` as received. */
  retryAfter: string | null;
}

/** Failures that only a person, here or there, can end: asked again seldom. */
const LASTING: readonly SyncProblem[] = [
  'gone',
  'protocol',
  'key-changed',
  'receipt',
  'fork',
  'envelope-invalid',
  'key-reused',
  'secret',
  'redaction',
];

/** Whether asking again soon can change nothing. */
export function isLasting(code: string): boolean {
  return LASTING.some((lasting) => lasting === code);
}

/** A failure without a wait asked for. */
export function failure(code: SyncProblem, detail = ''): Failure {
  return { code, detail, retryAfter: null };
}

/** The failure that a status alone tells, whoever wrote the body; null for statuses that need reading. */
export function failureOfStatus(status: number, retryAfter: string | null): Failure | null {
  const made = (code: SyncProblem): Failure => ({ code, detail: String(status), retryAfter });
  switch (status) {
    case 200:
    case 400:
    case 409:
    case 413:
    case 422:
      return null;
    case 401:
      return made('unauthorized');
    case 403:
      return made('forbidden');
    case 404:
    case 410:
    case 421:
      return made('gone');
    case 426:
      return made('protocol');
    default:
      return made('http');
  }
}
