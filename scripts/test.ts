// `npm test` after set-up: every fast check, the builds, then real Chromium and real apps.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepareOptional } from './lib/optional.ts';

const root = join(import.meta.dirname, '..');
const install = process.env['CI'] === 'true' || process.argv.includes('--install');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));

interface Step {
  name: string;
  command: string;
  args: string[];
}

interface Result {
  name: string;
  seconds: number;
  passed: boolean;
}

function run(step: Step): Promise<Result> {
  const started = performance.now();
  process.stdout.write(`\n── ${step.name}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(step.command, step.args, {
      cwd: root,
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      const seconds = Math.round((performance.now() - started) / 1000);
      resolve({ name: step.name, seconds, passed: code === 0 });
    });
  });
}

const npm = (name: string, script: string): Step => ({
  name,
  command: 'npm',
  args: ['run', '--silent', script],
});

const parts = await prepareOptional({
  install,
  say: (line) => process.stdout.write(`  ${line}\n`),
});

const steps: Step[] = [
  npm('types of WXT', 'prepare:wxt'),
  npm('format', 'format:check'),
  npm('lint', 'lint'),
  npm('types', 'types'),
  npm('dead code', 'knip'),
  npm('build', 'build'),
  npm('build for tests', 'build:e2e'),
  npm('unit tests', 'unit'),
  {
    name: 'real Chromium, real editors, real apps',
    command: 'npx',
    args: ['playwright', 'test'],
  },
].filter((step) => only.length === 0 || only.some((word) => step.name.includes(word)));

const results: Result[] = [];
for (const step of steps) results.push(await run(step));

process.stdout.write('\n── summary\n');
for (const { name, seconds, passed } of results)
  process.stdout.write(`  ${passed ? '✓' : '✗'} ${name} (${seconds} s)\n`);
for (const part of parts)
  process.stdout.write(
    part.ready
      ? `  ✓ ran with ${part.name}\n`
      : `  – skipped: ${part.name}: ${part.why}. To run it: ${part.how}\n`,
  );
const failed = results.filter((result) => !result.passed).length;
const skipped = parts.filter((part) => !part.ready).length;
process.stdout.write(`\n${results.length - failed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
