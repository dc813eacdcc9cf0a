import * as z from 'zod/mini';
import { hashField, headField, seqField } from './fields.ts';

/** Why a collector refuses (docs/sync-protocol.md says what a client does about each). */
const problemCode = z.enum([
  'gap',
  'fork',
  'in-progress',
  'key-reused',
  'too-large',
  'envelope-invalid',
  'request-invalid',
  'digest-mismatch',
  'unsupported-encoding',
  'unauthenticated',
  'forbidden',
  'not-found',
  'gone',
  'protocol',
  'unavailable',
  'internal',
]);

/** Why a collector refuses what a team asks for; a push of events never gets one of these. */
const teamProblemCode = z.enum([
  'precondition-required',
  'changed',
  'claimed',
  'not-claimed',
  'ended',
  'second-person',
  'last-admin',
  'cursor',
  'not-a-member',
  'email-unverified',
  'inactive',
]);
export type ProblemCode = z.infer<typeof problemCode> | z.infer<typeof teamProblemCode>;

const anyProblemCode = z.enum([...problemCode.options, ...teamProblemCode.options]);

const PREFIX = 'urn:countersign:problem:';

/** The `type` member of a problem (RFC 9457 §3.1.1). */
export function problemType(code: ProblemCode): string {
  return `${PREFIX}${code}`;
}

/** What the problems carry besides RFC 9457's own members; each member belongs to the codes named. */
const problemDetails = z.object({
  /** `gap`: the entry number that the collector wants next. */
  expected: z.optional(seqField),
  /** `gap`: the last entry that the collector holds, null when it holds none. */
  head: z.optional(z.nullable(headField)),
  /** `fork`, `envelope-invalid`: the entry it is about. */
  seq: z.optional(seqField),
  /** `fork`: the hash of the entry that the collector holds there. */
  storedHash: z.optional(hashField),
  /** `changed`: the version that the collector holds. */
  version: z.optional(z.int()),
  /** `protocol`: the protocols that the collector speaks. */
  min: z.optional(z.int()),
  max: z.optional(z.int()),
});
export type ProblemDetails = z.infer<typeof problemDetails>;

/** A refusal as it travels. */
export const problemBody = z.extend(problemDetails, {
  type: z.string().check(z.startsWith(PREFIX)),
  title: z.string(),
  status: z.int(),
});
export type ProblemBody = z.infer<typeof problemBody>;

/** The refusal of a push, read. `code` is null for one that this code does not know. */
export interface Problem extends ProblemDetails {
  code: z.infer<typeof problemCode> | null;
}

/** Reads the parsed JSON of a refusal; null when a collector did not write it. */
export function readProblem(json: unknown): Problem | null {
  const parsed = problemBody.safeParse(json);
  if (!parsed.success) return null;
  const { type, title: _title, status: _status, ...details } = parsed.data;
  const code = problemCode.safeParse(type.slice(PREFIX.length));
  return { code: code.success ? code.data : null, ...details };
}

/** Why a collector refused what a team asked for; null when a collector did not write it. */
export function readTeamProblem(
  json: unknown,
): { code: ProblemCode; version: number | null } | null {
  const parsed = problemBody.safeParse(json);
  if (!parsed.success) return null;
  const code = anyProblemCode.safeParse(parsed.data.type.slice(PREFIX.length));
  return code.success ? { code: code.data, version: parsed.data.version ?? null } : null;
}
