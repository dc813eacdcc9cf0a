import { describe, expect, it } from 'vitest';
import { MAX_TEXT, wordsOf } from './words.ts';

describe('wordsOf', () => {
  it.each([
    ['Refund of EUR 102.00 — today!', ['refund', 'of', 'eur', '102', '00', 'today']],
    ["I don't, don’t, dont", ['i', 'dont', 'dont', 'dont']],
    ["'quoted' rock 'n roll", ['quoted', 'rock', 'n', 'roll']],
    ["a ' b 5' 6'", ['a', 'b', '5', '6']],
    ['re\u00adfund\u200b now', ['refund', 'now']],
    ['ＦＵＬＬ ﬁne', ['full', 'fine']],
    ['Привет, Мир! Ça va', ['привет', 'мир', 'ça', 'va']],
    ['Ihre Größe: ÄÖÜ', ['ihre', 'größe', 'äöü']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['**Bold** _it_ `x` a_b', ['bold', 'it', 'x', 'a', 'b']],
    ['返金します', ['返金', '金し', 'しま', 'ます']],
    ['税 A4用紙 3 枚', ['税', 'a4', '用紙', '3', '枚']],
    ['', []],
    [' …!? ', []],
  ])('cuts %j', (text, words) => expect(wordsOf(text)).toEqual(words));

  it('gives the same words for composed and decomposed letters', () => {
    expect(wordsOf('Cafe\u0301')).toEqual(wordsOf('Café'));
  });

  it('does not look beyond its limit, also when letters expand', () => {
    expect(wordsOf(`${'a '.repeat(MAX_TEXT / 2)}beyond`)).not.toContain('beyond');
    const expanded = wordsOf('\ufdfa'.repeat(MAX_TEXT));
    expect(expanded.join(' ').length).toBeLessThanOrEqual(MAX_TEXT);
  });

  it('takes lone surrogates as text that separates', () => {
    expect(wordsOf('a\ud800b')).toEqual(['a', 'b']);
  });
});
