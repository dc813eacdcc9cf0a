import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIndex } from './create-index.ts';
import { fingerprint } from './fingerprint.ts';
import { createPhraseBook } from './known.ts';
import { MAX_TEXT } from './words.ts';

const known = createPhraseBook();
const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const block = fc.record({
  text: anyText,
  role: fc.constantFrom('body' as const, 'signature' as const, 'quote' as const),
});
/** Few different words, so that texts share pairs and pairs become common. */
const sentence = (least: number) =>
  fc
    .array(fc.integer({ min: 0, max: 60 }), { minLength: least, maxLength: 60 })
    .map((numbers) => numbers.map((n) => `w${n}`).join(' '));

describe('match, for any input', () => {
  it('never throws, and its range and shares are in bounds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, sentence(0)), { maxLength: 8 }),
        fc.array(
          fc.oneof(
            block,
            sentence(0).map((text) => ({ text, role: 'body' as const })),
          ),
        ),
        fc.array(anyText, { maxLength: 3 }),
        (outputs, blocks, exclude) => {
          const index = createIndex();
          for (const [i, text] of outputs.entries()) index.add(String(i), fingerprint(text), i);
          const match = index.match({ blocks, exclude, known });
          if (match === null) return;
          const { firstBlock, lastBlock } = match.range;
          expect(outputs[Number(match.outputId)]).toBeDefined();
          expect(firstBlock).toBeLessThanOrEqual(lastBlock);
          expect(blocks[firstBlock]?.role).toBe('body');
          expect(blocks[lastBlock]?.role).toBe('body');
          expect(match.share).toBeGreaterThan(0);
          expect(match.share).toBeLessThanOrEqual(1);
          expect(match.words).toBeGreaterThanOrEqual(2);
        },
      ),
    );
  });

  it('still finds an exact copy whatever is added to the pool', () => {
    fc.assert(
      fc.property(sentence(30), fc.array(sentence(2), { maxLength: 60 }), (text, others) => {
        // What has too few different pairs for a whole window is not promised.
        fc.pre(fingerprint(text).length >= 24);
        const index = createIndex();
        const input = { blocks: [{ text, role: 'body' as const }], exclude: [], known };
        index.add('copy', fingerprint(text), 0);
        expect(index.match(input)?.outputId).toBe('copy');
        for (const [i, other] of others.entries()) index.add(`other-${i}`, fingerprint(other), i);
        expect(index.match(input)).not.toBeNull();
      }),
    );
  });

  it('is as if the latest output had never been there once it is removed', () => {
    fc.assert(
      fc.property(fc.array(sentence(2), { maxLength: 12 }), sentence(20), (outputs, typed) => {
        const input = { blocks: [{ text: typed, role: 'body' as const }], exclude: [], known };
        const [plain, used] = [createIndex(), createIndex()];
        for (const [i, text] of outputs.entries()) {
          plain.add(`output-${i}`, fingerprint(text), i);
          used.add(`output-${i}`, fingerprint(text), i);
        }
        used.add('gone', fingerprint(typed), 99);
        used.remove('gone');
        expect(used.match(input)).toEqual(plain.match(input));
      }),
    );
  });
});

describe('huge input', () => {
  const huge = {
    words: 'abc '.repeat(MAX_TEXT / 4),
    distinct: Array.from({ length: MAX_TEXT / 8 }, (_, i) => i.toString(36)).join(' '),
    dense: '返金手続き'.repeat(MAX_TEXT / 5),
    letter: 'a'.repeat(MAX_TEXT),
    apostrophes: "a'".repeat(MAX_TEXT / 2),
    marks: '\u0301'.repeat(MAX_TEXT),
    expanding: '\ufdfa'.repeat(MAX_TEXT),
    spaces: ' '.repeat(MAX_TEXT),
  };

  // The bound on time is the runner's own timeout; each takes well under a second.
  it.each(Object.entries(huge))('of %s comes back', (_, text) => {
    const index = createIndex();
    index.add('huge', fingerprint(text), 0);
    const blocks = [{ text, role: 'body' as const }];
    expect(() => index.match({ blocks, exclude: [text], known })).not.toThrow();
  });

  it('is bounded over all texts together, not only for each', () => {
    const index = createIndex();
    const copy = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ');
    index.add('copy', fingerprint(copy), 0);
    const filler = { text: huge.spaces, role: 'body' as const };
    const blocks = (fillers: number) => [
      ...Array.from({ length: fillers }, () => filler),
      { text: copy, role: 'body' as const },
    ];
    expect(index.match({ blocks: blocks(0), exclude: [], known })).not.toBeNull();
    expect(index.match({ blocks: blocks(1), exclude: [], known })).toBeNull();
    const exclude = [...Array.from({ length: 4 }, () => huge.spaces), copy];
    expect(index.match({ blocks: blocks(0), exclude, known })).not.toBeNull();
    expect(index.match({ blocks: blocks(0), exclude: exclude.slice(1), known })).toBeNull();
  });

  it('of very many blocks comes back', () => {
    const index = createIndex();
    index.add('huge', fingerprint(huge.distinct), 0);
    const blocks = huge.distinct.split(' ').map((text) => ({ text, role: 'body' as const }));
    expect(index.match({ blocks, exclude: [], known })?.range).toEqual({
      firstBlock: 0,
      lastBlock: blocks.length - 1,
    });
  });
});
