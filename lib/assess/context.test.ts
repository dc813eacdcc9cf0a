import { describe, expect, it } from 'vitest';
import { contextsOf, isSameContext } from './context.ts';

/** The context of the first `€5` of a text. */
function contextOf(text: string) {
  const start = text.indexOf('€5');
  const [context] = contextsOf(text, [{ start, end: start + 2 }]);
  if (context === undefined) throw new Error('no context');
  return context;
}
const near = (text: string) => [...contextOf(text).near].join(' ');

describe('contextsOf', () => {
  it.each([
    [
      'three words on either side',
      'red green blue pink €5 lamp oak tin zinc',
      'green blue pink lamp oak tin',
    ],
    [
      'also far into a clause',
      `${'alpha '.repeat(40)}green blue pink €5 lamp oak`,
      'green blue pink lamp oak',
    ],
    ['no stop words', 'we will pay you the €5 for it', 'pay'],
    ['not over the end of a sentence', 'The lamp broke. Pay €5 now. Oak grows.', 'pay'],
    ['over an abbreviation', 'The fee is approx. €5 more', 'fee approx'],
    ['not over cells', 'Refund | €5 fee | oak', 'fee'],
    [
      'the words before when its own cell has none',
      'Refund approved\t€5\tShipping',
      'refund approve',
    ],
    ['the line before when its own has none', 'Refund approved\n€5\nShipping', 'refund approve'],
  ])('takes %s', (_, text, words) => {
    expect(near(text)).toBe(words);
  });

  it.each([
    ['a specific word near', 'Refund of €5', 'refund: €5', true],
    ['a synonym', 'Reimbursed €5', 'refund: €5', true],
    [
      'two words in the clause',
      'For the oak lamp in the hall we once paid you €5',
      '€5 is not what anyone would ever wish as price of oak and lamp',
      true,
    ],
    ['one generic word', 'Your order: €5', 'order was €5', false],
    ['nothing', 'Refund of €5', 'shipping €5', false],
  ])('shares a context by %s', (_, a, b, same) => {
    expect(isSameContext(contextOf(a), contextOf(b))).toBe(same);
  });
});
