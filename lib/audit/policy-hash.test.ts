import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { policyHash } from './policy-hash.ts';

test('names exactly the rules: whoever owns them, in whatever order of keys', () => {
  const { version, owner, rules, demands } = DEFAULT_POLICY;
  const same = policyHash({ demands, rules, owner: `${owner}!`, version });
  expect(same).toMatch(/^[0-9a-f]{16}$/u);
  expect(policyHash(DEFAULT_POLICY)).toBe(same);
});

test('another tier, threshold or demand is another policy', () => {
  const [first, ...rest] = DEFAULT_POLICY.rules;
  if (first === undefined) throw new Error('There are no rules');
  const low = { seenToEnd: true, settleFlagged: false, reasonRequired: false };
  const hashes = [
    DEFAULT_POLICY,
    { ...DEFAULT_POLICY, rules: [{ ...first, tier: 'low' as const }, ...rest] },
    { ...DEFAULT_POLICY, rules: [{ ...first, value: 0.5 }, ...rest] },
    { ...DEFAULT_POLICY, demands: { ...DEFAULT_POLICY.demands, low } },
  ].map(policyHash);
  expect(new Set(hashes).size).toBe(4);
});
