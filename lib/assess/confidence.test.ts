import { describe, expect, it } from 'vitest';
import { testOutput } from '../domain/domain.test-support.ts';
import type { Output } from '../domain/output.ts';
import { confidenceOf } from './confidence.ts';

const TEXT = 'We refund €102.00 today. Your parcel arrives on Friday.';
/** Cut as a tokenizer does: a space belongs to the word after it. */
const tokensOf = (text: string, probability: (token: string) => number) =>
  (text.match(/ ?[^ ]+/g) ?? []).map((token) => ({ token, logprob: Math.log(probability(token)) }));

const output = (patch: Partial<Output> = {}): Output =>
  testOutput({
    text: TEXT,
    model: 'm-1',
    tokens: tokensOf(TEXT, (token) => (token.includes('102') ? 0.4 : 0.9)),
    ...patch,
  });

describe('confidenceOf', () => {
  it('gives the mean token probability, the weakest token and n of an unchanged draft', () => {
    const { confidence, signals } = confidenceOf(TEXT, output(), 1);
    const mean = (0.9 ** 8 * 0.4) ** (1 / 9);
    expect(confidence).toEqual({
      state: 'token',
      band: 'medium',
      mean: expect.closeTo(mean, 10),
      weakest: { token: '€102.00', probability: expect.closeTo(0.4, 10) },
      n: 9,
      source: 'wire',
    });
    expect(signals.map(({ name, n }) => [name, n])).toEqual([
      ['mean-token-probability', 9],
      ['weakest-token-probability', 9],
    ]);
  });

  it('reads a draft that lost Markdown, blank lines and narrow spaces as unchanged', () => {
    const wire = output({
      text: '**Refund:** done.\n\n- It is on its way to your card.',
      tokens: tokensOf('**Refund:** done.\n\n- It is on its way to your card.', () => 0.95),
    });
    const draft = 'Refund: done.\nIt is on its way to\u00a0your card.';
    expect(confidenceOf(draft, wire, 1).confidence).toMatchObject({ state: 'token', n: 10 });
  });

  it('drops the tokens of a sentence that was edited', () => {
    const draft = TEXT.replace('€102.00', '€120.00');
    const { confidence } = confidenceOf(draft, output(), 0.9);
    expect(confidence).toMatchObject({ state: 'token', n: 5, band: 'high' });
  });

  it.each([
    ['no output', null, 1, 'no-output-matched'],
    ['an output without tokens', output({ tokens: null }), 1, 'no-token-probabilities'],
    ['no tokens at all', output({ tokens: [] }), 1, 'no-token-probabilities'],
    [
      "another text's tokens",
      output({ tokens: tokensOf('Etwas ganz anderes hier', () => 0.9) }),
      1,
      'no-token-probabilities',
    ],
    ['a cut stream', output({ finish: 'aborted' }), 1, 'incomplete-output'],
    ['the length limit', output({ finish: 'length' }), 1, 'incomplete-output'],
    ['a text that we cut', output({ truncated: true }), 1, 'incomplete-output'],
    ['a draft that is mostly new', output(), 0.3, 'text-edited'],
    ['a match share that is no number', output(), Number.NaN, 'text-edited'],
  ])('is unknown for %s', (_, given, share, reason) => {
    expect(confidenceOf(TEXT, given, share)).toEqual({
      confidence: { state: 'unknown', reason },
      signals: [],
    });
  });

  it('is unknown when every sentence was edited', () => {
    const draft = 'We refund €120.00 today. Your parcel arrives on Monday.';
    expect(confidenceOf(draft, output(), 0.8).confidence).toEqual({
      state: 'unknown',
      reason: 'text-edited',
    });
  });

  it("shows the app's own claim as such, and only when there are no token probabilities", () => {
    const declared = { value: 0.93, source: 'model self-report' };
    expect(confidenceOf(TEXT, output({ tokens: null, declaredConfidence: declared }), 1)).toEqual({
      confidence: { state: 'declared', band: 'high', value: 0.93, source: 'model self-report' },
      signals: [
        {
          kind: 'declared',
          name: 'declared-confidence',
          value: 0.93,
          source: 'model self-report',
          n: null,
        },
      ],
    });
    expect(confidenceOf(TEXT, output({ declaredConfidence: declared }), 1).confidence.state).toBe(
      'token',
    );
  });

  it.each([2, -0.1, 99, Number.NaN, Infinity])('does not take %s for a confidence', (value) => {
    const given = output({ tokens: null, declaredConfidence: { value, source: 'x' } });
    expect(confidenceOf(TEXT, given, 1)).toEqual({
      confidence: { state: 'unknown', reason: 'no-token-probabilities' },
      signals: [],
    });
  });

  it('places tokens behind an emoji that the wire split into bytes', () => {
    const text = 'All good 🎉 and your refund is on its way to you now.';
    const tokens = tokensOf(text, () => 0.8).flatMap(({ token, logprob }) =>
      token.includes('🎉')
        ? [
            { token: '\\xf0\\x9f', logprob },
            { token: '\\x8e\\x89', logprob },
          ]
        : [{ token, logprob }],
    );
    expect(confidenceOf(text, output({ text, tokens }), 1).confidence).toMatchObject({
      state: 'token',
      n: 12,
    });
  });

  it('clamps log probabilities that no model gives', () => {
    const tokens = tokensOf(TEXT, () => 1).map((token) => ({ ...token, logprob: 5 }));
    expect(confidenceOf(TEXT, output({ tokens }), 1).confidence).toMatchObject({ mean: 1 });
    const never = tokens.map((token) => ({ ...token, logprob: -9999 }));
    expect(confidenceOf(TEXT, output({ tokens: never }), 1).confidence).toMatchObject({
      mean: Math.exp(-20),
      band: 'low',
    });
  });
});
