import { describe, expect, it } from 'vitest';
import { bodyShape, looksLike, SNIFF_LENGTH } from './wanted.ts';

describe('which bodies are told', () => {
  it.each([
    ['text/event-stream', 'events'],
    ['Text/Event-Stream; charset=utf-8', 'events'],
    ['application/json', 'json'],
    ['application/x-ndjson', 'lines'],
    ['text/plain;charset=UTF-8', 'plain'],
    ['text/html', null],
    ['application/octet-stream', null],
    ['', null],
  ])('%s is %s', (type, shape) => {
    expect(bodyShape(type)).toBe(shape);
  });

  it.each([
    ['events', 'data: {"a":1}', 'yes'],
    ['events', 'message:\ndata:{', 'yes'],
    ['events', ': connected', 'yes'],
    ['events', '\uFEFFdata:x', 'yes'],
    ['events', 'da', 'wait'],
    ['events', '', 'wait'],
    ['events', '<html>', 'no'],
    ['plain', 'Hello there, ', 'no'],
    ['plain', 'data: x', 'yes'],
    ['plain', '{"choices":[]}', 'yes'],
    ['json', '{"id":"1","choices":[', 'yes'],
    ['json', '{"id":"1"', 'wait'],
    ['json', `{"id":"${'x'.repeat(SNIFF_LENGTH)}`, 'no'],
    ['json', 'nonsense', 'no'],
    ['lines', '{"type":"begin"}', 'yes'],
  ] as const)('%s %j: %s', (shape, text, verdict) => {
    expect(looksLike(shape, text, false)).toBe(verdict);
  });

  it('decides at the end of a body', () => {
    expect(looksLike('events', 'da', true)).toBe('no');
    expect(looksLike('json', '{"id":"1"}', true)).toBe('no');
    expect(looksLike('json', '{"error":"slow down"}', true)).toBe('yes');
  });
});
