import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letters, sameAnswer } from './same-answer.ts';

const same = (a: string, b: string) => sameAnswer(letters(a), letters(b));
const WIRE = `## Your refund\n\nWe booked **€ 12.00** on 3 May, see [the policy](https://shop.test/policy/refunds).\n\n- it takes 3 days\n- nothing to do`;

describe('one answer, rendered and raw', () => {
  it.each([
    [
      'rendered',
      'Your refund\nWe booked € 12.00 on 3 May, see the policy.\nit takes 3 days\nnothing to do',
      true,
    ],
    ['with an error below', `${WIRE}\nSomething went wrong. Try again.`, true],
    ['cut', WIRE.slice(0, 90), true],
    [
      'another answer',
      'Your parcel left our house in Bremen on Monday and should be with you by Friday.',
      false,
    ],
    ['a title of it', 'Your refund', false],
    ['nothing', '', false],
  ])('%s', (_, shown, expected) => {
    expect(same(WIRE, shown)).toBe(expected);
  });

  it('compares short answers whole, in any script', () => {
    expect(same('Yes, today.', 'Yes, today')).toBe(true);
    expect(same('Yes, today.', 'Yes, on Monday')).toBe(false);
    expect(same('はい、本日発送します。', 'はい、本日発送します')).toBe(true);
  });

  it('is symmetric, and true of any text with itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(same(a, b)).toBe(same(b, a));
        expect(same(a, a)).toBe(true);
      }),
    );
  });
});
