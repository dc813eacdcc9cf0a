import { PROBLEM_TYPE } from '../lib/protocol/headers.ts';
import {
  problemType,
  type ProblemBody,
  type ProblemCode,
  type ProblemDetails,
} from '../lib/protocol/problem.ts';

const STATUS: { readonly [Code in ProblemCode]: number } = {
  gap: 409,
  fork: 409,
  'in-progress': 409,
  'key-reused': 422,
  'too-large': 413,
  'envelope-invalid': 400,
  'request-invalid': 400,
  'digest-mismatch': 400,
  'unsupported-encoding': 415,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  gone: 410,
  protocol: 426,
  'precondition-required': 428,
  changed: 412,
  claimed: 409,
  'not-claimed': 409,
  ended: 409,
  'second-person': 403,
  'last-admin': 409,
  cursor: 400,
  'not-a-member': 403,
  'email-unverified': 403,
  inactive: 403,
  unavailable: 503,
  internal: 500,
};

/** Headers that belong to a refusal. */
const HEADERS: { readonly [Code in ProblemCode]?: Record<string, string> } = {
  'in-progress': { 'Retry-After': '1' },
  unauthenticated: { 'WWW-Authenticate': 'Bearer' },
  protocol: { Upgrade: 'Countersign/1' },
  unavailable: { 'Retry-After': '5' },
};

/** A request that is not carried out, with the reason for the client. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }

  /** The answer, as problem+json (RFC 9457). */
  toResponse(): Response {
    const { code, details } = this;
    const status = STATUS[code];
    const body: ProblemBody = { type: problemType(code), title: code, status, ...details };
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store', ...HEADERS[code] },
    });
  }
}

/** The HTTP status that a refusal travels with. */
export function statusOf(code: ProblemCode): number {
  return STATUS[code];
}
