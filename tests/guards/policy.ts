import type { Guard } from './guard.ts';

/** Guards of this part; `scripts/guards.ts` takes each away. */
export const policy: readonly Guard[] = [
  {
    name: 'an expired policy is the strictest',
    file: 'lib/settings/team-policy.ts',
    guard: "...STRICTEST, ruleTiers: strictTiers(allowed(held)['ruleTiers'])",
    without: '...(held.policy.version < 0 ? { ...STRICTEST, ruleTiers: strictTiers(null) } : {})',
    tests: ['lib/settings/team-policy.test.ts'],
  },
  {
    name: 'a policy moves no record and names nobody',
    file: 'lib/settings/team-policy.ts',
    guard: 'Object.hasOwn(policySettings.shape, key) ||',
    without: "key !== '' ||",
    tests: ['lib/settings/team-policy.test.ts'],
  },
  {
    name: 'a policy holds at its own collector only',
    file: 'lib/settings/in-force.ts',
    guard: "endpointKind === 'collector' && held?.endpoint === syncEndpoint ? held : null",
    without: 'endpointKind === syncEndpoint ? null : held',
    tests: ['lib/settings/team-policy.test.ts'],
  },
  {
    name: 'managed settings win',
    file: 'lib/settings/in-force.ts',
    guard: 'const values = { ...signed.values, ...chrome.values };',
    without: 'const values = { ...chrome.values, ...signed.values };',
    tests: ['lib/settings/team-policy.test.ts'],
  },
  {
    name: 'an older policy is refused',
    file: 'lib/protocol/policy.ts',
    guard: "if (policy.version <= held.version) return { ok: false, problem: 'older' };",
    without: '',
    tests: ['tests/collector/policy.test.ts'],
  },
  {
    name: "another organisation's policy is refused",
    file: 'lib/protocol/policy.ts',
    guard: "if (policy.org !== held.org) return { ok: false, problem: 'other-org' };",
    without: '',
    tests: ['tests/collector/policy.test.ts'],
  },
  {
    name: 'access that ended stays ended',
    file: 'lib/sync/pull.ts',
    guard: 'if (state.endedWith === credentialOf(target)) return false;',
    without: '',
    tests: ['tests/collector/pull.test.ts'],
  },
  {
    name: 'a sign-out is heard',
    file: 'lib/sync/pull.ts',
    guard: "if (items.some(({ kind }) => kind === 'signout')) return refused(state, target);",
    without: '',
    tests: ['tests/collector/pull.test.ts'],
  },
  {
    name: 'a refused token ends access',
    file: 'lib/sync/pull.ts',
    guard: 'isRefused(told) ? refused(state, target) : failed(state, failureOf(told))',
    without: 'failed(state, failureOf(told))',
    tests: ['tests/collector/pull.test.ts'],
  },
];
