// `npm run test:long`: what takes too long for every run. Needs what `npm test` set up.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

const STEPS: readonly { name: string; args: string[]; env: Record<string, string> }[] = [
  {
    name: 'the worker is killed at every step of the story and of a push',
    args: ['playwright', 'test', 'tests/e2e/step-kill.spec.ts', 'tests/faults/extension.spec.ts'],
    env: { STEP_KILL: 'all' },
  },
  {
    name: 'every screen in every look',
    args: ['playwright', 'test', 'tests/e2e/screens.spec.ts'],
    env: { SCREENS: 'all' },
  },
  {
    name: 'unit tests that take minutes',
    args: ['vitest', 'run', '.long.test'],
    env: { LONG_TESTS: '1' },
  },
];

let failed = 0;
for (const { name, args, env } of STEPS) {
  process.stdout.write(`\n── ${name}\n`);
  const { status } = spawnSync('npx', args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) failed += 1;
}
process.stdout.write(`\n${STEPS.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
