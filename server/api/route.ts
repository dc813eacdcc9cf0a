import type * as z from 'zod/mini';
import type { Role } from '../../lib/protocol/team.ts';
import type { ProblemCode } from '../../lib/protocol/problem.ts';
import type { Caller } from '../caller.ts';
import { readJson } from '../read-body.ts';
import { Refusal } from '../refusal.ts';
import type { Service } from './service.ts';

/** A request that was admitted and read. */
export interface Call<P, B, Q> {
  service: Service;
  caller: Caller;
  params: P;
  body: B;
  query: Q;
  /** Version of `If-Match`; 0 on a route that wants none. */
  ifMatch: number;
  request: Request;
}

interface Body<B> {
  schema: z.ZodMiniType<B>;
  /** Media type; JSON unless said. */
  type?: string;
  /** Largest size in bytes. */
  max: number;
  /** Whether `Content-Digest` must be there. */
  digest?: 'required';
}

/** What every route says of itself. */
interface Facts<P, B, Q, R> {
  /** Name of the operation: permission, metric and OpenAPI call it so. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Hono path below the collector's address, e.g. `/v1/logs/:logid`. */
  path: string;
  summary: string;
  params?: z.ZodMiniType<P>;
  query?: z.ZodMiniType<Q>;
  body?: Body<B>;
  /** Schema of the answer; absent for 204 and for what is no JSON. */
  reply?: z.ZodMiniType<R>;
  /** Success status, 200 unless said. */
  status?: number;
  /** The request must name the version that it changes. */
  conditional?: boolean;
  /** Refusals of its own, besides those that every route has. */
  problems?: readonly ProblemCode[];
}

type Schema = z.core.$ZodType;

/** One row of the table of routes. */
export interface Route extends Omit<
  Facts<unknown, unknown, unknown, unknown>,
  'params' | 'query' | 'body' | 'reply'
> {
  params?: Schema;
  query?: Schema;
  body?: Omit<Body<unknown>, 'schema'> & { schema: Schema };
  reply?: Schema;
  /** Who may ask at least; `anyone` needs no token. */
  least: Role | 'anyone';
  run(
    service: Service,
    request: Request,
    params: unknown,
    caller: Caller | null,
  ): Promise<Response>;
}

const ETAG = /^"(\d{1,15})"$/;

function versionOf(request: Request, isWanted: boolean): number {
  if (!isWanted) return 0;
  const header = request.headers.get('If-Match');
  if (header === null) throw new Refusal('precondition-required');
  const [, digits] = ETAG.exec(header) ?? [];
  if (digits === undefined) throw new Refusal('request-invalid');
  return Number(digits);
}

function parse<T>(schema: z.ZodMiniType<T> | undefined, value: unknown): T {
  // Without a schema T is the default of `memberRoute`'s parameters, null.
  if (schema === undefined) return null as T;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refusal('request-invalid');
  return parsed.data;
}

/** The query, each name once. */
function queryOf(request: Request): Record<string, string> {
  const params = new URL(request.url).searchParams;
  if (new Set(params.keys()).size !== params.size) throw new Refusal('request-invalid');
  return Object.fromEntries(params);
}

/** A route for members: `handle` gets what was asked, checked, and returns the answer. */
export function memberRoute<R extends object = never, P = null, B = null, Q = null>(
  facts: Facts<P, B, Q, R> & {
    least: Role;
    handle(call: Call<P, B, Q>): Promise<R | Response>;
  },
): Route {
  const { handle, ...rest } = facts;
  const { params, body, query } = rest;
  return {
    ...rest,
    async run(service, request, given, caller) {
      // The table's reader admits; a route that it forgot to admit for does not run.
      if (caller === null) throw new Refusal('unauthenticated');
      const call: Call<P, B, Q> = {
        service,
        caller,
        request,
        params: parse(params, given),
        query: parse(query, queryOf(request)),
        ifMatch: versionOf(request, rest.conditional === true),
        body: parse(
          body?.schema,
          body === undefined
            ? null
            : await readJson(request, {
                type: body.type ?? 'application/json',
                max: body.max,
                digest: body.digest ?? 'optional',
              }),
        ),
      };
      return toResponse(await handle(call), rest.status ?? 200);
    },
  };
}

/** A route that needs no token: it tells nothing of any organisation. */
export function openRoute<R extends object = never>(
  facts: Facts<null, null, null, R> & {
    handle(service: Service): Promise<R | Response> | R | Response;
  },
): Route {
  const { handle, status = 200, ...rest } = facts;
  return {
    ...rest,
    status,
    least: 'anyone',
    run: async (service) => toResponse(await handle(service), status),
  };
}

function toResponse(value: object, status: number): Response {
  if (value instanceof Response) return value;
  return Response.json(value, { status, headers: { 'Cache-Control': 'no-store' } });
}
