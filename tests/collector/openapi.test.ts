import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { openapiDocument } from '../../server/api/openapi.ts';
import { ROUTES } from '../../server/api/table.ts';

/** As it travels. */
const document: Record<string, unknown> = JSON.parse(JSON.stringify(openapiDocument(ROUTES)));

test('it is a valid OpenAPI 3.1 document', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('every reference leads to something', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, ref]) => ref);
  expect(refs.length).toBeGreaterThan(20);
  for (const ref of refs) {
    let at: unknown = document;
    for (const step of ref?.split('/').slice(1) ?? []) at = Reflect.get(Object(at), step);
    expect([ref, typeof at]).toEqual([ref, 'object']);
  }
});

test('it describes every route and nothing else', () => {
  const operation = z.looseObject({
    operationId: z.string(),
    security: z.array(z.unknown()),
    parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })),
    responses: z.record(z.string(), z.unknown()),
  });
  const paths = z.record(z.string(), z.record(z.string(), operation)).parse(document['paths']);
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security, parameters, ...rest }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      needsToken: security.length > 0,
      inPath: parameters.filter((one) => one.in === 'path').map((one) => one.name),
      hasBody: rest['requestBody'] !== undefined,
      isConditional: rest.responses['428'] !== undefined,
    })),
  );
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  expect(described.toSorted(byId)).toEqual(
    ROUTES.map((route) => ({
      id: route.id,
      method: route.method,
      path: route.path,
      needsToken: route.least !== 'anyone',
      inPath: [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name),
      hasBody: route.body !== undefined,
      isConditional: route.conditional === true,
    })).toSorted(byId),
  );
});
