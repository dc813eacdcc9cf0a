import type * as z from 'zod/mini';
import { endpointUrl } from '../protocol/paths.ts';
import { readTeamProblem, type ProblemCode } from '../protocol/problem.ts';
import { callEndpoint, type Call, type Net } from './call-endpoint.ts';
import { failure, failureOfStatus, type Failure } from './problems.ts';
import { ownHeaders, type Target } from './target.ts';

/** What to ask a collector for, besides pushing events. */
export interface Question<Reply extends z.ZodMiniType> {
  method: Call['method'];
  /** One of `PATHS`, with its query. */
  path: string;
  reply: Reply;
  /** Sent as JSON. */
  body?: unknown;
  /** The version that an act is about (`If-Match`). */
  version?: number;
  /** Longest wait, in milliseconds. */
  timeoutMs?: number;
}

/** The reply in its shape, what the collector refused, or why nothing of a collector came back. */
export type Told<T> =
  | { ok: true; value: T }
  | { ok: false; refused: ProblemCode; version: number | null }
  | { ok: false; refused: null; failure: Failure };

const encoder = new TextEncoder();

/**
 * Asks a collector for what a team shares. Whatever is not the answer of a collector is a `bad-reply`.
 * Never rejects for what network or server do.
 */
export async function askCollector<Reply extends z.ZodMiniType>(
  net: Net,
  { endpoint, token }: Pick<Target, 'endpoint' | 'token'>,
  { method, path, reply: shape, body, version, timeoutMs }: Question<Reply>,
): Promise<Told<z.infer<Reply>>> {
  const reply = await callEndpoint(net, {
    url: endpointUrl(endpoint, path),
    method,
    headers: {
      ...ownHeaders(token),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
    },
    ...(body === undefined ? {} : { body: encoder.encode(JSON.stringify(body)) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  if (!reply.ok) return { ok: false, refused: null, failure: failure(reply.failure) };
  const { status, json, retryAfter } = reply;
  if (status >= 200 && status < 300) {
    const parsed = shape.safeParse(json);
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, refused: null, failure: failure('bad-reply') };
  }
  const problem = readTeamProblem(json);
  if (problem !== null) return { ok: false, refused: problem.code, version: problem.version };
  const known = failureOfStatus(status, retryAfter) ?? failure('http', String(status));
  return { ok: false, refused: null, failure: known };
}
