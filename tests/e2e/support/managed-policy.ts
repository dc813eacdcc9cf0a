import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { E2E_BUILD } from './extension.ts';

/** Where Chromium, Chrome for Testing and Chrome read what the machine's owner sets. */
const FOLDERS = [
  '/etc/chromium/policies/managed',
  '/etc/opt/chrome_for_testing/policies/managed',
  '/etc/opt/chrome/policies/managed',
];

/** A build of its own, at a path of its own: a policy for its id is nobody else's. */
export interface ManagedBuild {
  build: string;
  id: string;
  /** Sets the whole policy of this id; null takes it away. */
  set(values: Record<string, unknown> | null): void;
  /** Takes policy, folders made for it and the build away. */
  remove(): void;
}

/** Why no real policy can be set here; null when one can. */
export function whyNoPolicy(): string | null {
  if (process.platform !== 'linux') return 'only Linux reads policies from a folder';
  if (process.getuid?.() !== 0) return 'only root may write the folder of policies';
  // Not unasked on a machine that somebody works on.
  if (process.env['CI'] !== 'true') return 'it writes under /etc; run it with CI=true';
  return null;
}

/** The id that Chrome gives an unpacked extension: of the hash of its path. */
const idOf = (path: string) =>
  Array.from(createHash('sha256').update(path).digest('hex').slice(0, 32), (digit) =>
    String.fromCodePoint(97 + Number.parseInt(digit, 16)),
  ).join('');

/** The folders that must be made for `path`, the one nearest to the root first. */
function missing(path: string): string[] {
  const above = join(path, '..');
  return existsSync(path) ? [] : [...missing(above), path];
}

/** Copies the build and makes the folders of policies. Call `remove` in `finally`, in any case. */
export function managedBuild(): ManagedBuild {
  const build = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-managed-')));
  cpSync(E2E_BUILD, build, { recursive: true });
  const id = idOf(build);
  const made = FOLDERS.flatMap(missing);
  for (const folder of FOLDERS) mkdirSync(folder, { recursive: true });
  const files = FOLDERS.map((folder) => join(folder, `countersign-test-${id}.json`));
  return {
    build,
    id,
    set(values) {
      const policy = values === null ? {} : { '3rdparty': { extensions: { [id]: values } } };
      for (const file of files) {
        // Whole at once: Chrome reads the folder whenever it changes.
        writeFileSync(`${file}.new`, JSON.stringify(policy));
        renameSync(`${file}.new`, file);
      }
    },
    remove() {
      for (const file of files) {
        rmSync(file, { force: true });
        rmSync(`${file}.new`, { force: true });
      }
      for (const folder of [...new Set(made)].sort((a, b) => b.length - a.length))
        removeEmpty(folder);
      rmSync(build, { recursive: true, force: true });
    },
  };
}

/** Another test may have put something there meanwhile; then the folder is its. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error;
  }
}
