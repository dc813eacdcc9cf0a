import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const MANIFEST = join(root, '.output', 'chrome-mv3-e2e', 'manifest.json');
const SOURCES = ['assets', 'components', 'entrypoints', 'lib', 'locales', 'public'];
const FILES = ['package-lock.json', 'wxt.config.ts'];

async function newest(): Promise<number> {
  const inFolders = await Promise.all(
    SOURCES.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  const files = [...inFolders.flat(), ...FILES.map((file) => join(root, file))];
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

/**
 * Builds the extension for loopback when its sources are newer than the last build. Returns whether it
 * did. Throws with the builder's own words when it fails.
 */
export async function ensureBuild(): Promise<boolean> {
  if (existsSync(MANIFEST) && statSync(MANIFEST).mtimeMs > (await newest())) return false;
  await run('npm', ['run', '--silent', 'build:e2e'], { cwd: root });
  return true;
}
