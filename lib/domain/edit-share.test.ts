import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editShare } from './edit-share.ts';

test.each([
  ['', '', 0],
  ['same words here', 'same words here', 0],
  ['same  words\nhere', 'same words here', 0],
  ['one two three four', 'one two 3 four', 0.25],
  ['one two three four', 'one two three', 0.25],
  ['one two three', 'zero one two three', 0.25],
  ['', 'all new', 1],
  ['all gone', '', 1],
  ['a b c', 'x y z', 1],
])('%j → %j: %d', (before, after, share) => {
  expect(editShare(before, after)).toBe(share);
});

test('between 0 and 1, the same both ways, and 0 only for the same words', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const share = editShare(a.join(' '), b.join(' ')) ?? -1;
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      expect(editShare(b.join(' '), a.join(' '))).toBe(share);
      expect(share === 0).toBe(a.join(' ') === b.join(' '));
    }),
  );
});

test('very long texts are not measured', () => {
  expect(editShare('a '.repeat(1001), 'a')).toBeNull();
});
