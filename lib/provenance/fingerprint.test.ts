import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, gramsOf } from './fingerprint.ts';

describe('fingerprint', () => {
  it('is empty for fewer than two words', () => {
    expect([fingerprint(''), fingerprint('word')].map(({ length }) => length)).toEqual([0, 0]);
  });

  it('keeps the order of a pair, each pair once', () => {
    expect(gramsOf('a b')).not.toEqual(gramsOf('b a'));
    expect(fingerprint('so be it so be it')).toHaveLength(3);
  });

  it('never changes: stored fingerprints must stay readable', () => {
    expect([...gramsOf('Your refund of 102 euros')]).toMatchInlineSnapshot(`
      [
        2934300751,
        2813655695,
        1939867347,
        2173541439,
      ]
    `);
  });

  it('does not see case, punctuation and line breaks', () => {
    expect(fingerprint('Dear Anna,\n\nyour REFUND!')).toEqual(fingerprint('dear anna your refund'));
  });

  it('is ascending and distinct', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const grams = fingerprint(text);
        expect(grams.every((gram, i) => i === 0 || gram > (grams[i - 1] ?? gram))).toBe(true);
      }),
    );
  });
});
