import { expect, test } from 'vitest';
import { isDay, luhn, mod11by10, mod97, verhoeff, weighted } from './checksums.ts';

/** Worked examples of the public definitions. */
test.each([
  ['luhn', luhn, '79927398713'],
  ['MOD 11,10', mod11by10, '86095742719'],
  ['verhoeff', verhoeff, '2363'],
  ['verhoeff', verhoeff, '999941057058'],
])('%s holds for its published example and for no neighbour', (_name, check, good) => {
  expect(check(good)).toBe(true);
  for (let place = 0; place < good.length; place += 1)
    for (let digit = 0; digit < 10; digit += 1) {
      const other = good.slice(0, place) + String(digit) + good.slice(place + 1);
      if (other !== good) expect(check(other), other).toBe(false);
    }
});

test('verhoeff catches every swap of neighbours', () => {
  const good = '999941057058';
  for (let place = 0; place + 1 < good.length; place += 1) {
    const [a = '', b = ''] = good.slice(place);
    if (a !== b) expect(verhoeff(good.slice(0, place) + b + a + good.slice(place + 2))).toBe(false);
  }
});

test('mod 97 and weighted sums', () => {
  // GB82 WEST 1234 5698 7654 32, turned round and with letters as numbers (ISO 13616).
  expect(mod97('3214282912345698765432161182')).toBe(1);
  expect(weighted('943476591', [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11).toBe(2);
});

test('days', () => {
  expect([isDay(2024, 2, 29), isDay(2023, 2, 29), isDay(1900, 2, 29), isDay(2000, 2, 29)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect([isDay(1980, 4, 31), isDay(1980, 13, 1), isDay(1980, 1, 0)]).toEqual([
    false,
    false,
    false,
  ]);
});
