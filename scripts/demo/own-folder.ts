import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives this process and what it starts a folder of its own for temporary files, and removes it when the
 * process ends, however it ends: profile, downloads and what the browser itself leaves behind.
 */
export function useOwnFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-demo-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}
