import { checkSync } from 'recheck';
import { beforeAll, expect, test } from 'vitest';
import { HOST } from './contact.ts';
import { RECOGNISERS } from './recognisers.ts';
import { BEGIN, BODY } from './secrets.ts';

/** The pure JavaScript checker: no binary, no Java, the same answer everywhere. */
beforeAll(() => {
  process.env['RECHECK_BACKEND'] = 'pure';
});

/**
 * Steps are counted, not time: 2,000,000 on texts of up to 6,000 signs leaves over 300 for each sign,
 * and a pattern that is quadratic needs some 18,000,000.
 */
const judged = (source: string, flags: string) =>
  checkSync(source, flags, {
    timeout: 200_000,
    randomSeed: 1,
    maxAttackStringSize: 6000,
    attackLimit: 2_000_000,
    maxInitialGenerationSize: 60,
    maxGenerationSize: 30,
    maxIteration: 4,
    incubationLimit: 4000,
  }).status;

test.each(['(?:a|a)*b', '\\d+x', '(?<!x)\\d+y', '(?<![a-z])[a-z -]{1,}[a-z]+@'])(
  'the checker finds that %s backtracks',
  (source) => {
    expect(judged(source, 'gu')).toBe('vulnerable');
  },
);

const patterns = new Map(
  [HOST, BEGIN, BODY, ...RECOGNISERS.map((each) => each.pattern)].map((each) => [
    String(each),
    each,
  ]),
);

test('there are patterns to check', () => {
  expect(patterns.size).toBeGreaterThan(60);
});

test.each([...patterns.values()].map((each) => [each.source, each.flags] as const))(
  '%s',
  { timeout: 240_000 },
  (source, flags) => {
    expect(judged(source, flags)).toBe('safe');
  },
);
