import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assessment, Fact, Statement } from '../domain/assessment.ts';
import { hiddenMarks } from '../domain/hidden.ts';
import { draftSegments, surroundings } from './draft-segments.ts';
import { runsOf } from './reveal.ts';
import { quotedSources, quoteInLine } from './source-quotes.ts';
import { suggestedReasons, wordDiff } from './word-diff.ts';

const span = (start: number, end: number): Pick<Fact, 'start' | 'end'> => ({ start, end });
const fact = (start: number, end: number, over: Partial<Fact> = {}): Fact => ({
  ...span(start, end),
  kind: 'amount',
  text: '',
  value: '',
  status: 'supported',
  nearest: null,
  ...over,
});
const statement = (index: number, start: number, end: number, facts: number[] = []): Statement => ({
  index,
  start,
  end,
  status: 'supported',
  facts,
  passage: null,
});
const assessed = (statements: Statement[], facts: Fact[]): Assessment => ({
  assessVersion: 1,
  facts,
  statements,
  signals: [],
  confidence: { state: 'unknown', reason: 'no-sources' },
  tier: 'low',
  gate: [],
  sourceCount: 1,
});

describe('draft segments', () => {
  test('marks stand under words: spaces at the ends belong to nothing', () => {
    const draft = 'Pay €5 \nnow. Bye.';
    const parts = draftSegments(
      draft,
      assessed([statement(1, 0, 13, [0]), statement(2, 13, 17)], [fact(3, 8)]),
    );
    expect(parts.map((part) => part.text).join('')).toBe(draft);
    expect(parts.filter((part) => part.fact !== null).map((part) => part.text)).toEqual(['€5']);
    const statements = parts.filter((part) => part.statement !== null);
    expect(statements.map((part) => part.text).join('|')).toBe('Pay |€5| \nnow.|Bye.');
    expect(statements.map((part) => part.opens)).toEqual([true, false, false, true]);
  });

  test('a span of spaces alone is none', () => {
    expect(
      draftSegments('a  b', assessed([], [fact(1, 3)])).every((part) => part.fact === null),
    ).toBe(true);
  });

  test('cut at statements and facts, opening each statement once', () => {
    const draft = 'Hi. Pay €5 now.';
    const parts = draftSegments(draft, assessed([statement(2, 4, 15, [0])], [fact(8, 10)]));
    expect(parts.map((part) => [part.text, part.opens, part.fact !== null])).toEqual([
      ['Hi. ', false, false],
      ['Pay ', true, false],
      ['€5', false, true],
      [' now.', false, false],
    ]);
  });

  test('whatever the offsets, the joined text is the draft', () => {
    const ranges = fc.array(
      fc.tuple(fc.integer({ min: -3, max: 40 }), fc.integer({ min: -3, max: 40 })),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), ranges, (draft, pairs) => {
        const statements = pairs.map(([a, b], i) => statement(i + 1, a, b));
        const facts = pairs.map(([a, b]) => fact(b, a + 5));
        const parts = draftSegments(draft, assessed(statements, facts));
        expect(parts.map((part) => part.text).join('')).toBe(draft);
      }),
    );
  });

  test('own text around the draft is found', () => {
    expect(surroundings('Hello\nDRAFT\nMia', 'DRAFT')).toEqual({ before: 'Hello', after: 'Mia' });
    expect(surroundings('Hello', 'DRAFT')).toBeNull();
    expect(surroundings('Hello', '')).toBeNull();
  });
});

describe('hidden characters', () => {
  test('are named where they stand, runs counted', () => {
    const draft = 'pay\u200b\u200bnow \u202eabc';
    expect(runsOf(draft, 0, hiddenMarks(draft))).toEqual([
      { kind: 'text', text: 'pay' },
      { kind: 'hidden', name: 'zero-width', code: 'U+200B', times: 2, shows: '' },
      { kind: 'text', text: 'now ' },
      { kind: 'hidden', name: 'bidi', code: 'U+202E', times: 1, shows: '' },
      { kind: 'text', text: 'abc' },
    ]);
  });

  test('a piece shows the marks of its own place only', () => {
    const draft = 'a\u202eb c\u202ed';
    expect(runsOf(draft.slice(4), 4, hiddenMarks(draft)).map((run) => run.kind)).toEqual([
      'text',
      'hidden',
      'text',
    ]);
  });
});

describe('word diff', () => {
  test('counts words and numbers, a change of a number suggests its reason', () => {
    const diff = wordDiff('We refund €120 today.', 'We refund €102 tomorrow morning.');
    expect(diff).toMatchObject({ added: 3, removed: 2, numbers: 1 });
    expect(suggestedReasons(diff)).toEqual(['wrong-fact']);
    expect(suggestedReasons(wordDiff('Hello there', 'Hi there'))).toEqual([]);
    expect(wordDiff('same', 'same').changes).toBe(0);
  });

  test('either side can be rebuilt from the parts', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.lorem({ maxCount: 30 }), (before, after) => {
        const { parts } = wordDiff(before, after);
        const side = (without: string) =>
          parts
            .filter((part) => part.kind !== without)
            .map((part) => part.text)
            .join('');
        expect(side('added')).toBe(before);
        expect(side('removed')).toBe(after);
      }),
    );
  });

  test('texts without anything in common are shown as replaced, in bounded time', () => {
    const before = Array.from({ length: 9_000 }, (_, i) => `a${i}`).join(' ');
    const after = Array.from({ length: 9_000 }, (_, i) => `b${i}`).join(' ');
    expect(wordDiff(before, after).parts).toHaveLength(2);
  });
});

describe('sources', () => {
  const source = {
    id: 's1',
    kind: 'record' as const,
    title: 'Order',
    url: null,
    text: 'Order 1\nRefund: €102.00 approved\nEnd',
    internal: false,
    author: 'unknown' as const,
  };
  const quote = { sourceId: 's1', start: 16, end: 23, quote: '€102.00' };

  test('a quote is shown in its line; one that is not there is shown alone', () => {
    expect(quoteInLine(source, quote)).toEqual({
      before: 'Refund: ',
      quote: '€102.00',
      after: ' approved',
    });
    expect(quoteInLine(source, { ...quote, start: 1 }).before).toBe('');
  });

  test('sources that were used come first, with the nearest value of what they contradict', () => {
    const facts = [
      fact(0, 3, { status: 'contradicted', nearest: { value: 'EUR 102.00', span: quote } }),
    ];
    const other = { ...source, id: 's0' };
    const rows = quotedSources([other, source], assessed([statement(3, 0, 5, [0])], facts));
    expect(rows.map((row) => [row.source.id, row.quotes.map((each) => each.nearest)])).toEqual([
      ['s1', ['EUR 102.00']],
      ['s0', []],
    ]);
  });
});
