import { expect, test } from 'vitest';
import { keptToken } from './kept-token.ts';

const saved = { syncEndpoint: 'https://collector.example/v1', syncToken: 'secret' };

test.each([
  ['https://collector.example/v1', 'secret'],
  ['https://collector.example/other', 'secret'],
  ['https://collector.example:8443/v1', ''],
  ['http://collector.example/v1', ''],
  ['https://collector.example.evil.example/v1', ''],
  ['https://evil.example', ''],
  ['', ''],
])('%s gets %j', (endpoint, token) => {
  expect(keptToken(saved, endpoint)).toBe(token);
});

test('a token that was saved without an address goes to none', () => {
  expect(keptToken({ syncEndpoint: '', syncToken: 'secret' }, 'https://evil.example')).toBe('');
  expect(keptToken({ syncEndpoint: '', syncToken: 'secret' }, '')).toBe('');
});
