import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from './canonical.ts';

test('what no reader sees does not count', () => {
  expect(canonicalText('Hi  Ana,\r\n\r\n we\u00a0refund\t€102. \u200b\r')).toBe(
    'Hi Ana,\nwe refund €102.',
  );
  expect(canonicalText('e\u0301')).toBe(canonicalText('\u00e9'));
});

test.each([
  ['a word', 'we refund', 'we re fund'],
  ['case', 'Ana', 'ana'],
  ['a zero-width space inside', 'refund', 're\u200bfund'],
  ['a bidi override', 'ab', 'a\u202eb'],
  ['a line break', 'a b', 'a\nb'],
  ['a look-alike letter', 'paypal', 'p\u0430ypal'],
])('%s is content', (_, a, b) => {
  expect(canonicalText(a)).not.toBe(canonicalText(b));
});

test('is idempotent and well-formed for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const once = canonicalText(text);
      expect(canonicalText(once)).toBe(once);
      expect(once.isWellFormed()).toBe(true);
    }),
  );
  expect(canonicalText('a\ud800b')).toBe('a\ufffdb');
});

test('a million fillers before a letter are trimmed in one pass', () => {
  const fillers = '\u200b'.repeat(1_000_000);
  expect(canonicalText(`${fillers}a${fillers}`)).toBe('a');
  expect(canonicalText(`a${fillers}b`)).toHaveLength(1_000_002);
});
