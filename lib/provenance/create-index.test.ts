import { describe, expect, it } from 'vitest';
import type { ComposerBlock } from '../domain/composer.ts';
import { createIndex, type MatchInput } from './create-index.ts';
import { fingerprint } from './fingerprint.ts';
import { createPhraseBook } from './known.ts';

const FIRST =
  'The replacement lamp left our warehouse on Monday and should reach you within three working days.';
const SECOND =
  'Please keep the broken one until our courier collects it, because we would like to examine the fuse.';
const THIRD = 'Your account was credited with twelve euros for the wasted evening.';
const ANSWER = [FIRST, SECOND, THIRD].join('\n\n');
const POLICY =
  'Goods may be returned within thirty days of purchase provided that the original packaging is undamaged and the receipt is enclosed with the parcel, else we keep ten percent.';
const TYPED = [
  'I asked my colleague Tom about the garden hose and he found a spare nozzle behind the counter.',
  'He will bring it along when he drives past your street tomorrow before noon if that suits.',
];
const GREETING = 'Good morning dear customer and thanks for getting in touch with Brightly!';

const body = (text: string): ComposerBlock => ({ text, role: 'body' });
const quote = (text: string): ComposerBlock => ({ text, role: 'quote' });
const known = createPhraseBook();

function indexOf(...texts: string[]) {
  const index = createIndex();
  for (const [i, text] of texts.entries()) index.add(`output-${i}`, fingerprint(text), i);
  return index;
}

function matchOf(texts: readonly (string | ComposerBlock)[], more: Partial<MatchInput> = {}) {
  const blocks = texts.map((text) => (typeof text === 'string' ? body(text) : text));
  return indexOf(ANSWER).match({ blocks, exclude: [], known, ...more });
}

/** Unrelated outputs that all carry `text`. */
const carriers = (text: string, count: number) =>
  Array.from({ length: count }, (_, n) => {
    const own = Array.from({ length: 40 }, (_, i) => `own${n}x${i}`).join(' ');
    return `${own} ${text}`;
  });

describe('match', () => {
  it('finds a pasted output, all of it', () => {
    expect(matchOf([FIRST, '', SECOND, '', THIRD])).toEqual({
      outputId: 'output-0',
      share: 1,
      range: { firstBlock: 0, lastBlock: 4 },
      words: 45,
    });
  });

  it('finds an edited output', () => {
    const edited = SECOND.replace('broken one', 'old lamp').replace('would like', 'need');
    const match = matchOf([edited]);
    expect(match?.outputId).toBe('output-0');
    expect(match?.share).toBeLessThan(0.8);
  });

  it('does not match what a person typed, nor an empty composer, nor an empty pool', () => {
    expect(matchOf(TYPED)).toBeNull();
    expect(matchOf([])).toBeNull();
    expect(matchOf(['', ' '])).toBeNull();
    expect(createIndex().match({ blocks: [body(ANSWER)], exclude: [], known })).toBeNull();
  });

  it('needs eight words of evidence', () => {
    expect(matchOf(['The replacement lamp left our warehouse on'])).toBeNull();
    expect(matchOf(['The replacement lamp left our warehouse on Monday'])?.words).toBe(8);
  });

  it('needs two fifths of the best 25 words', () => {
    const few = 'The replacement lamp left our warehouse on Monday';
    const enough = `${few} and should reach`;
    for (const [text, found] of [
      [few, false],
      [enough, true],
    ] as const) {
      expect(matchOf([text, ...TYPED]) !== null).toBe(found);
      expect(matchOf([...TYPED, text]) !== null).toBe(found);
      expect(matchOf([TYPED[0] ?? '', text, TYPED[1] ?? '']) !== null).toBe(found);
    }
  });

  it('counts a phrase once, however often it is typed', () => {
    expect(matchOf(Array.from({ length: 6 }, () => 'our warehouse on Monday'))).toBeNull();
  });

  it('takes known phrases, the thread and quoted mail as no evidence', () => {
    const book = createPhraseBook();
    book.addPhrase(fingerprint(ANSWER));
    expect(matchOf([ANSWER], { known: book })).toBeNull();
    expect(matchOf([ANSWER], { exclude: [`They wrote: ${ANSWER}`] })).toBeNull();
    expect(matchOf([...TYPED, ANSWER, quote(ANSWER)])).toBeNull();
    expect(matchOf([...TYPED, quote(ANSWER)])).toBeNull();
    expect(matchOf([...TYPED, { text: ANSWER, role: 'signature' }])).toBeNull();
  });

  it('takes text that four unrelated outputs carry as no evidence', () => {
    const match = (count: number) =>
      indexOf(...carriers(POLICY, count)).match({
        blocks: [...TYPED, POLICY].map(body),
        exclude: [],
        known,
      });
    expect(match(3)).not.toBeNull();
    expect(match(4)).toBeNull();
  });

  it('finds an edited copy of an answer that was given many times', () => {
    const versions = Array.from({ length: 40 }, (_, i) => ANSWER.replace('twelve', `${i}`));
    const edited = [FIRST.replace('Monday', 'Tuesday'), THIRD];
    const match = indexOf(...versions).match({ blocks: edited.map(body), exclude: [], known });
    expect(match).not.toBeNull();
  });

  it('finds a whole copy although all its phrases are common', () => {
    const index = indexOf(...carriers(POLICY, 9), POLICY);
    expect(index.match({ blocks: [body(POLICY)], exclude: [], known })?.outputId).toBe('output-9');
  });

  it('names the output that explains most, then the tighter, then the later one', () => {
    const input = { blocks: [body(FIRST), body(SECOND)], exclude: [], known };
    expect(indexOf(FIRST, `${FIRST} ${SECOND}`, SECOND).match(input)?.outputId).toBe('output-1');
    expect(indexOf(ANSWER, `${FIRST} ${SECOND}`).match(input)?.outputId).toBe('output-1');
    expect(indexOf(ANSWER, ANSWER, THIRD).match(input)?.outputId).toBe('output-1');
  });

  it('forgets removed outputs and replaces those added again', () => {
    const index = indexOf(ANSWER, POLICY);
    const input = { blocks: [body(ANSWER)], exclude: [], known };
    index.add('output-1', fingerprint(POLICY), 2);
    expect(index.size).toBe(2);
    index.add('output-2', fingerprint(ANSWER), 9);
    index.remove('output-2');
    expect(index.match(input)?.outputId).toBe('output-0');
    index.remove('output-0');
    index.remove('never-added');
    expect(index.size).toBe(1);
    expect(index.match(input)).toBeNull();
    index.add('output-1', fingerprint(ANSWER), 3);
    expect(index.match(input)?.outputId).toBe('output-1');
  });
});

describe('range', () => {
  const range = (firstBlock: number, lastBlock: number) => ({ firstBlock, lastBlock });

  it('leaves out what the person wrote before and after', () => {
    const blocks = [GREETING, TYPED[0] ?? '', '', FIRST, SECOND, '', TYPED[1] ?? '', 'Maria'];
    expect(matchOf(blocks)?.range).toEqual(range(3, 4));
  });

  it('includes what the person wrote between', () => {
    expect(matchOf([GREETING, FIRST, ...TYPED, SECOND])?.range).toEqual(range(1, 4));
  });

  it('leaves out known phrases although the output has them too', () => {
    const book = createPhraseBook();
    book.addPhrase(fingerprint(GREETING));
    const blocks = [GREETING, FIRST, SECOND].map(body);
    const index = indexOf(`${GREETING}\n${ANSWER}`);
    expect(index.match({ blocks, exclude: [], known })?.range).toEqual(range(0, 2));
    expect(index.match({ blocks, exclude: [], known: book })?.range).toEqual(range(1, 2));
  });

  it('takes in short neighbours and excluded text that stand in the output', () => {
    const index = indexOf(`Hello Anna,\n${ANSWER}\n${POLICY}\nBest wishes`);
    const blocks = ['Hello Anna,', FIRST, SECOND, POLICY, 'Best wishes', 'Maria Lund'].map(body);
    const exclude = [POLICY, 'Hello Anna, how are you?'];
    expect(index.match({ blocks, exclude, known })?.range).toEqual(range(0, 4));
  });

  it('never ends on quoted mail', () => {
    const blocks = [quote(FIRST), SECOND, quote(TYPED.join(' '))];
    expect(matchOf(blocks)?.range).toEqual(range(1, 1));
  });
});
