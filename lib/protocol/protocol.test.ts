import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64.ts';
import { contentDigest, idempotencyKey } from './headers.ts';
import { endpointUrl, PATHS } from './paths.ts';
import { problemType, readProblem } from './problem.ts';

test('Content-Digest as in RFC 9530, Appendix B.1', () => {
  expect(contentDigest(new TextEncoder().encode('{"hello": "world"}\n'))).toBe(
    'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
  );
});

test('base64url has one spelling per value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(fromBase64Url(toBase64Url(bytes), bytes.length)).toEqual(new Uint8Array(bytes));
    }),
  );
  expect(fromBase64Url('AB', 1)).toBeNull();
  expect(fromBase64Url('AA', 1)).toEqual(Uint8Array.of(0));
  expect(fromBase64Url('AA==', 1)).toBeNull();
  expect(fromBase64Url('AAA', 1)).toBeNull();
});

test.each([
  ['https://c.example', 'https://c.example/v1/test'],
  ['https://c.example/', 'https://c.example/v1/test'],
  ['https://c.example/v1', 'https://c.example/v1/test'],
  ['https://c.example/team/v1/', 'https://c.example/team/v1/test'],
  ['https://c.example/team?x=1#y', 'https://c.example/team/v1/test'],
  ['http://127.0.0.1:4317', 'http://127.0.0.1:4317/v1/test'],
])('%s is asked at %s', (base, url) => {
  expect(endpointUrl(base, PATHS.test)).toBe(url);
});

test('the key of a push says what is pushed', () => {
  expect(idempotencyKey('log', 3, 9, 'ab'.repeat(32))).toBe('"log/3-9/abababababababab"');
});

test('a problem is read with its members; what is none is not', () => {
  const body = { type: problemType('gap'), title: 'gap', status: 409, expected: 4, head: null };
  expect(readProblem(body)).toEqual({ code: 'gap', expected: 4, head: null });
  expect(readProblem({ ...body, type: problemType('gap').replace('gap', 'later') })).toMatchObject({
    code: null,
  });
  expect(readProblem({ ...body, type: 'about:blank' })).toBeNull();
  expect(readProblem({ ...body, expected: -1 })).toBeNull();
  expect(readProblem('gap')).toBeNull();
  expect(readProblem(null)).toBeNull();
});
