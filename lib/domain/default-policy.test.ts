import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from './default-policy.ts';
import { policy } from './policy.ts';

describe('DEFAULT_POLICY', () => {
  it('is a policy as the schema says, with stable ids', () => {
    expect(policy.parse(structuredClone(DEFAULT_POLICY))).toEqual(DEFAULT_POLICY);
    const ids = DEFAULT_POLICY.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['fact-contradicted', 'amount-unsupported', 'words-locked']),
    );
  });

  it('locks by phrases only: a single word never locks', () => {
    const locking = DEFAULT_POLICY.rules.filter(({ tier }) => tier === 'locked');
    expect(locking.map(({ when }) => when)).toEqual(['words-listed']);
    const single = locking.flatMap(({ words }) => words).filter((word) => !word.includes(' '));
    expect(single).toEqual(['lawsuit']);
  });

  it('asks more of the reviewer with each tier', () => {
    const count = (demand: object) => Object.values(demand).filter(Boolean).length;
    const { low, medium, high } = DEFAULT_POLICY.demands;
    expect([count(low), count(medium), count(high)]).toEqual([0, 1, 3]);
  });
});
