import { expect, test } from 'vitest';
import { pressureOf } from './back-pressure.ts';

const of = { unsynced: 0, hasEndpoint: true, used: 0, quota: 1000 };

test.each([
  ['nothing', {}, 'none', null],
  ['20,000 waiting', { unsynced: 20_000 }, 'none', null],
  ['more than 20,000 waiting', { unsynced: 20_001 }, 'high', 'unsynced'],
  ['100,000 waiting', { unsynced: 100_000 }, 'high', 'unsynced'],
  ['more than 100,000 waiting', { unsynced: 100_001 }, 'full', 'unsynced'],
  ['nobody to send to', { unsynced: 100_001, hasEndpoint: false }, 'none', null],
  ['a fifth free', { used: 800 }, 'none', null],
  ['less than a fifth free', { used: 801 }, 'high', 'storage'],
  ['a twentieth free', { used: 950 }, 'high', 'storage'],
  ['less than a twentieth free', { used: 951 }, 'full', 'storage'],
  ['an unknown quota', { used: 951, quota: 0 }, 'none', null],
  ['both', { used: 951, unsynced: 100_001 }, 'full', 'storage'],
] as const)('how much room is left: %s', (_, over, level, short) => {
  expect(pressureOf({ ...of, ...over })).toEqual({ level, short });
});
