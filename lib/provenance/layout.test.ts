import { describe, expect, it } from 'vitest';
import { fingerprint, gramsOf } from './fingerprint.ts';
import { createPhraseBook } from './known.ts';
import { layOut } from './layout.ts';

describe('layOut', () => {
  const known = createPhraseBook();
  known.addPhrase(fingerprint('kind regards'));

  it('pairs words over line ends but not over quoted mail', () => {
    const layout = layOut(
      [
        { text: 'one two', role: 'body' },
        { text: '', role: 'body' },
        { text: 'three', role: 'body' },
        { text: 'they wrote', role: 'quote' },
        { text: 'four five', role: 'body' },
      ],
      [],
      known,
    );
    expect(layout.blockOf).toEqual([0, 0, 2, 4, 4]);
    const pairs = [...gramsOf('one two three'), ...gramsOf('four five')];
    expect(layout.pairs.map(({ gram }) => gram)).toEqual(pairs);
    expect(layout.pairs.map(({ word }) => word)).toEqual([0, 1, 3]);
  });

  it('marks pairs that stand elsewhere, known phrases first', () => {
    const blocks = [
      { text: 'Kind regards my order number', role: 'body' as const },
      { text: 'order number', role: 'signature' as const },
    ];
    const { pairs } = layOut(blocks, ['My order. Kind regards'], known);
    const standings = pairs.map(({ standing }) => standing);
    expect(standings).toEqual(['known', 'open', 'excluded', 'excluded']);
  });
});
