import { expect, test } from 'vitest';
import { keptToken } from './kept-token.ts';

const saved = {
  endpointKind: 'collector' as const,
  syncEndpoint: 'https://collector.example/v1',
  syncToken: 'secret',
};

test.each([
  ['https://collector.example/v1', 'secret'],
  ['https://collector.example/other', 'secret'],
  ['https://collector.example:8443/v1', ''],
  ['http://collector.example/v1', ''],
  ['https://collector.example.evil.example/v1', ''],
  ['https://evil.example', ''],
  ['', ''],
])('%s gets %j', (endpoint, token) => {
  expect(keptToken(saved, endpoint, 'collector')).toBe(token);
});

test('a token that was saved without an address goes to none', () => {
  expect(keptToken({ ...saved, syncEndpoint: '' }, 'https://evil.example', 'collector')).toBe('');
  expect(keptToken({ ...saved, syncEndpoint: '' }, '', 'collector')).toBe('');
});

test.each(['webhook', 'otlp'] as const)('a token of a collector is not that of a %s', (kind) => {
  expect(keptToken(saved, saved.syncEndpoint, kind)).toBe('');
  expect(keptToken({ ...saved, endpointKind: kind }, saved.syncEndpoint, kind)).toBe('secret');
});
