import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const SOURCES = [
  '{entrypoints,components,lib,assets,locales,public}/**/*',
  'wxt.config.ts',
  'package-lock.json',
];

/** Folder of the build that is shipped. */
export const STORE_BUILD = join(root, '.output', 'chrome-mv3');

function newestSource(): number {
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root }));
  return Math.max(...files.map((file) => statSync(join(root, file)).mtimeMs));
}

/**
 * Makes both builds when they are missing or older than a source; says so. With COUNTERSIGN_BUILD set,
 * whoever set it answers for the builds. Throws when a build fails; its words are in a file.
 */
export function ensureBuilds(say: (line: string) => void): void {
  if (process.env['COUNTERSIGN_BUILD'] !== undefined) return;
  for (const [script, folder] of [
    ['build', 'chrome-mv3'],
    ['build:e2e', 'chrome-mv3-e2e'],
  ] as const) {
    const manifest = join(root, '.output', folder, 'manifest.json');
    if (existsSync(manifest) && statSync(manifest).mtimeMs > newestSource()) continue;
    say(`npm run ${script}: the build is missing or older than its sources`);
    mkdirSync(join(root, '.output'), { recursive: true });
    const words = join(root, '.output', `${script.replace(':', '-')}.log`);
    const log = openSync(words, 'w');
    const { status } = spawnSync('npm', ['run', '--silent', script], {
      cwd: root,
      stdio: ['ignore', log, log],
    });
    if (status !== 0) throw new Error(`npm run ${script} failed; what it said is in ${words}`);
  }
}
