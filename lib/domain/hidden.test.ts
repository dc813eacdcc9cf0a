import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenMarks } from './hidden.ts';

const names = (text: string) => hiddenMarks(text).map(({ start, name }) => [start, name]);

describe('hiddenMarks', () => {
  it.each([
    ['zero-width space', 'a\u200bb', [[1, 'zero-width']]],
    ['word joiner', 'a\u2060b', [[1, 'zero-width']]],
    ['joiner between Latin letters', 'a\u200db', [[1, 'zero-width']]],
    ['soft hyphen', 're\u00adfund', [[2, 'soft-hyphen']]],
    ['right-to-left override', 'a\u202etxt.exe', [[1, 'bidi']]],
    [
      'isolate',
      'a\u2066b\u2069',
      [
        [1, 'bidi'],
        [3, 'bidi'],
      ],
    ],
    ['direction mark in Latin text', 'a\u200fb', [[1, 'bidi']]],
    ['tag letter', 'a\u{e0041}b', [[1, 'tag']]],
    ['variation selector on a letter', 'a\ufe01b', [[1, 'variation-selector']]],
    ['ideographic selector on a letter', 'a\u{e0100}b', [[1, 'variation-selector']]],
    ['Hangul filler', 'a\u3164b', [[1, 'filler']]],
    ['Braille blank', 'a\u2800b', [[1, 'filler']]],
    ['control', 'a\u0007b', [[1, 'control']]],
    ['escape', 'a\u001b[31mb', [[1, 'control']]],
    ['lone surrogate', 'a\ud800b', [[1, 'lone-surrogate']]],
    ['byte order mark inside', 'a\ufeffb', [[1, 'zero-width']]],
    ['Cyrillic a in a Latin word', 'p\u0430ypal', [[1, 'look-alike']]],
    ['Greek omicron in a Latin word', 'g\u03bfogle', [[1, 'look-alike']]],
    [
      'a whole word of look-alikes in Latin text',
      'your \u0440\u0430\u0443 is here',
      [
        [5, 'look-alike'],
        [6, 'look-alike'],
        [7, 'look-alike'],
      ],
    ],
    [
      'mathematical digits',
      '\u{1d7cf}\u{1d7d0}',
      [
        [0, 'look-alike'],
        [2, 'look-alike'],
      ],
    ],
  ])('finds %s', (_, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    ['plain text', 'Hi Ana,\n\tyour refund of €120 is here.\r\n'],
    ['joined emoji', '👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 👍🏽'],
    ['a flag spelt with tags', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['Hindi with a joiner', 'क्\u200dष'],
    ['direction marks in Hebrew text', 'שלום \u200fabc\u200e'],
    ['caret fillers at line ends', '\u200bHello\u200b\n\ufeffthere\ufeff'],
    ['Russian', 'Мы вернули вам деньги, ОК?'],
    ['a Greek unit', 'a resistor of 5 kΩ and 3 μm'],
    ['accents', 'café naïve Zoë'],
  ])('leaves %s alone', (_, text) => {
    expect(hiddenMarks(text)).toEqual([]);
  });

  it('names places in order, each holding its character, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const marks = hiddenMarks(text);
        for (const { start, char } of marks) {
          expect(text.slice(start, start + char.length)).toBe(char);
        }
        const starts = marks.map(({ start }) => start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        expect(new Set(starts).size).toBe(starts.length);
      }),
    );
  });

  it.each(['\u200b\u0430', '\u{e0041}', 'a\u0430', '\ud800', ' \u200b', 'x'])(
    'reads a megabyte of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(hiddenMarks(text).length).toBeLessThanOrEqual(text.length);
    },
  );
});
