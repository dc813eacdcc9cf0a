import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTooEarly, jitter, PROBE_MS, retryAfterMs } from './retry.ts';

const now = Date.UTC(2026, 10, 23, 12);
const DAY = 86_400_000;

test('the wait is spread over the whole span, and the span doubles up to 15 minutes', () => {
  expect([0, 1, 2, 3, 9, 10, 1e6].map((attempt) => jitter(attempt, () => 0.999_999))).toEqual([
    999, 1_999, 3_999, 7_999, 511_999, 899_999, 899_999,
  ]);
  expect(jitter(5, () => 0)).toBe(0);
  expect(jitter(5, () => 0.5)).toBe(16_000);
});

test.each([
  [null, 0],
  ['', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['0', 0],
  ['1000000000', DAY],
  ['9'.repeat(400), DAY],
  ['-5', 0],
  ['1e3', 0],
  ['soon', 0],
  ['Mon, 23 Nov 2026 12:01:00 GMT', 60_000],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ['Fri, 23 Nov 2096 12:00:00 GMT', DAY],
  ['Mon, garbage', 0],
])('Retry-After %j is %i ms', (value, wait) => {
  expect(retryAfterMs(value, now)).toBe(wait);
});

test('whatever the header holds, the wait is a number from 0 to a day', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const wait = retryAfterMs(value, now);
      expect(wait >= 0 && wait <= DAY).toBe(true);
    }),
  );
});

test('a time far ahead is that of a wrong clock, not a wait', () => {
  const since = (nextAt: number, at: number) => ({ nextAt, lastProblem: { at } });
  expect(isTooEarly(since(now + PROBE_MS, now), now)).toBe(true);
  expect(isTooEarly({ nextAt: now + PROBE_MS, lastProblem: null }, now)).toBe(true);
  expect(isTooEarly(since(now, now), now)).toBe(false);
  expect(isTooEarly(since(now + 10 * 365 * DAY, now), now)).toBe(false);
  // Ten hours were set back: what was failed at was not later than now.
  expect(isTooEarly(since(now + DAY / 2, now + DAY / 2 - 1), now)).toBe(false);
});
