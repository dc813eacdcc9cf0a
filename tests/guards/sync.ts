import type { Guard } from './guard.ts';

/** Guards of this part; `scripts/guards.ts` takes each away. */
export const sync: readonly Guard[] = [
  {
    name: 'a receipt is verified',
    file: 'lib/sync/take-answer.ts',
    guard: '!isAbout || !(await verifyReceipt(receipt, key, verifySignature))',
    without: '!isAbout || receipt.key === verifySignature.name + verifyReceipt.name',
    tests: [
      'tests/collector/sync.test.ts',
      'tests/collector/sync-refusals.test.ts',
      'tests/collector/hostile.test.ts',
    ],
  },
  {
    name: 'a receipt is about this entry',
    file: 'lib/sync/take-answer.ts',
    guard: 'receipt.logid === sent.logid && receipt.seq === head.seq && receipt.hash === head.hash',
    without: 'receipt.seq === head.seq',
    tests: [
      'tests/collector/sync.test.ts',
      'tests/collector/sync-refusals.test.ts',
      'tests/collector/hostile.test.ts',
    ],
  },
  {
    name: 'another key is not taken',
    file: 'lib/sync/take-answer.ts',
    guard: "if (receipt.key !== key.id) return { failed: failure('key-changed', receipt.key) };",
    without: '',
    tests: [
      'tests/collector/sync.test.ts',
      'tests/collector/sync-refusals.test.ts',
      'tests/collector/hostile.test.ts',
    ],
  },
  {
    name: 'a fork needs our own entries to show it',
    file: 'lib/sync/take-answer.ts',
    guard:
      "if (own === null || own === answer.storedHash) return { failed: failure('bad-reply') };",
    without: '',
    tests: [
      'tests/collector/sync.test.ts',
      'tests/collector/sync-refusals.test.ts',
      'tests/collector/hostile.test.ts',
    ],
  },
  {
    name: 'a head of the collector is held against ours',
    file: 'lib/store/sync-log.ts',
    guard: "if (own.hash !== hash) return 'mismatch';",
    without: '',
    tests: ['lib/store/sync-log.test.ts'],
  },
  {
    name: 'a token goes to https only, unredirected',
    file: 'lib/sync/call-endpoint.ts',
    guard: "redirect: 'manual'",
    without: "redirect: 'follow'",
    tests: [
      'tests/collector/sync.test.ts',
      'tests/collector/sync-refusals.test.ts',
      'tests/collector/hostile.test.ts',
    ],
  },
];
