// Takes each guard away, in a copy of the project, and runs the tests that should miss it: `npm run guards`, or
// `npm run guards -- team policy` for some parts.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { GUARDS } from '../tests/guards/all.ts';

const root = join(import.meta.dirname, '..');
const LEFT_OUT = new Set(['node_modules', '.git', '.output', '.cache', 'test-results']);
/** A test that never ends without the guard has missed it too, in milliseconds. */
const PATIENCE_MS = 180_000;

/** Whether these tests fail in that folder; they may also not end. */
function fails(folder: string, tests: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', '--bail', '1', ...tests], {
      cwd: folder,
      stdio: 'ignore',
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    child.once('exit', (code) => resolve(code !== 0));
  });
}

const parts = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'countersign-guards-'));
try {
  cpSync(root, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const missed: string[] = [];
  let count = 0;
  for (const [part, guards] of Object.entries(GUARDS)) {
    if (parts.length > 0 && !parts.includes(part)) continue;
    for (const { name, file, guard, without, tests } of guards) {
      const path = join(folder, file);
      const whole = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        whole.replace(guard, () => without),
      );
      const isMissed = !(await fails(folder, tests));
      writeFileSync(path, whole);
      count += 1;
      if (isMissed) missed.push(`${part}: ${name}`);
      console.log(`${isMissed ? 'NOT MISSED' : 'missed'}  ${part}: ${name}`);
    }
  }
  console.log(
    `${count - missed.length} of ${count} guards are missed by a test when they are gone`,
  );
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
