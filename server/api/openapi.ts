import * as z from 'zod/mini';
import { PROTOCOL_HEADER, PROBLEM_TYPE } from '../../lib/protocol/headers.ts';
import { PROTOCOL } from '../../lib/protocol/limits.ts';
import { problemBody, type ProblemCode } from '../../lib/protocol/problem.ts';
import { statusOf } from '../refusal.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** What every route for members may refuse with; the last four to who signed in at a provider. */
const FOR_MEMBERS: readonly ProblemCode[] = [
  'unauthenticated',
  'forbidden',
  'protocol',
  'request-invalid',
  'not-a-member',
  'email-unverified',
  'inactive',
  'unavailable',
];

/**
 * The OpenAPI 3.1 document of a table of routes. Its schemas are JSON Schema 2020-12, which zod writes
 * itself, so nothing is described twice.
 */
export function openapiDocument(routes: readonly Route[]): Json {
  const shared: Json = {};
  /** A schema as it stands in the document: what it shares within itself moves to the components. */
  const embed = (name: string, schema: z.core.$ZodType, io: 'input' | 'output'): unknown => {
    const { $schema: _schema, $defs = {}, ...own } = z.toJSONSchema(schema, { io });
    const moved = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', `"#/components/schemas/${name}.`));
    for (const [key, def] of Object.entries($defs)) shared[`${name}.${key}`] = moved(def);
    return moved(own);
  };
  shared['problem'] = embed('problem', problemBody, 'output');

  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, embed) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Countersign collector',
      version: String(PROTOCOL),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: shared,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation(
  route: Route,
  embed: (name: string, schema: z.core.$ZodType, io: 'input' | 'output') => unknown,
): Json {
  const { id, least, summary, body, reply, status = 200 } = route;
  const isOpen = least === 'anyone';
  return {
    operationId: id,
    summary,
    ...(isOpen
      ? { security: [] }
      : { security: [{ token: [] }], description: `Least role: ${least}.` }),
    parameters: [
      ...fieldsOf(route.params, 'path', (schema) => embed(id, schema, 'input')),
      ...fieldsOf(route.query, 'query', (schema) => embed(id, schema, 'input')),
      ...(isOpen ? [] : [header(PROTOCOL_HEADER, `^${PROTOCOL}$`)]),
      ...(route.conditional === true ? [header('If-Match', '^"\\d{1,15}"$')] : []),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            description: `At most ${body.max} bytes.`,
            content: {
              [body.type ?? 'application/json']: {
                schema: embed(`${id}.request`, body.schema, 'input'),
              },
            },
          },
        }),
    responses: {
      [status]: {
        description: 'Done',
        ...(reply === undefined
          ? {}
          : {
              content: { 'application/json': { schema: embed(`${id}.reply`, reply, 'output') } },
            }),
      },
      ...refusals(route),
    },
  };
}

function header(name: string, pattern: string): Json {
  return { name, in: 'header', required: true, schema: { type: 'string', pattern } };
}

/** Parameters from the fields of an object schema. */
function fieldsOf(
  schema: z.core.$ZodType | undefined,
  place: 'path' | 'query',
  embed: (schema: z.core.$ZodType) => unknown,
): Json[] {
  if (schema === undefined) return [];
  const read = z
    .object({
      properties: z.record(z.string(), z.unknown()),
      required: z._default(z.array(z.string()), []),
    })
    .parse(embed(schema));
  return Object.entries(read.properties).map(([name, field]) => ({
    name,
    in: place,
    required: read.required.includes(name),
    schema: field,
  }));
}

/** Refusals by status, each with the codes that it may carry. */
function refusals(route: Route): Json {
  const codes = new Set<ProblemCode>(route.problems);
  if (route.least !== 'anyone') {
    for (const code of FOR_MEMBERS) codes.add(code);
  }
  if (route.conditional === true) codes.add('precondition-required');
  if (route.body !== undefined) {
    for (const code of ['too-large', 'unsupported-encoding', 'digest-mismatch'] as const)
      codes.add(code);
  }
  const byStatus = Map.groupBy(codes, statusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, found]) => [
      status,
      {
        description: found.toSorted().join(', '),
        content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/problem' } } },
      },
    ]),
  );
}
