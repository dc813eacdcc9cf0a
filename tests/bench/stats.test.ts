import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences, median, medianInterval, quantile, ratios } from './stats.ts';

test('quantiles are nearest ranks', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(median(hundred)).toBe(50);
  expect(quantile(hundred, 0.95)).toBe(95);
  expect(quantile(hundred, 1)).toBe(100);
  expect(quantile([7], 0.95)).toBe(7);
  expect(median([])).toBeNaN();
});

test('the interval of a median is the one in the tables of the sign test', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
  expect(medianInterval(upTo(6))).toMatchObject({ low: 1, high: 6 });
  expect(medianInterval(upTo(10))).toMatchObject({ low: 2, high: 9 });
  expect(medianInterval(upTo(15))).toMatchObject({ low: 4, high: 12 });
  expect(medianInterval(upTo(20))).toMatchObject({ low: 6, high: 15 });
  expect(medianInterval(upTo(4))).toMatchObject({ low: 1, high: 4 });
});

test('an interval holds its median, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (values) => {
      const found = medianInterval(values);
      expect(found.low).toBeLessThanOrEqual(found.median);
      expect(found.high).toBeGreaterThanOrEqual(found.median);
      expect(medianInterval(values.toReversed())).toEqual(found);
    }),
  );
});

test('ratios and differences pair rounds and leave out what has no peer', () => {
  expect(ratios([2, 9, 4], [1, 0])).toEqual([2]);
  expect(differences([2, 9, 4], [1, 10])).toEqual([1, -1]);
});
