import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Makes this process the only one on a data folder: two embedded databases on the same files destroy
 * them. Returns how to give it back; a process that was killed leaves a lock that the next one takes.
 * Throws when another process holds it.
 */
export function lockFolder(path: string): () => void {
  mkdirSync(path, { recursive: true });
  const file = join(path, 'lock');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    // Our own number in it is another's of before: in a container every process may be number 1.
    const pid = Number(readFileSync(file, 'utf8'));
    if (Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid && isAlive(pid)) {
      throw new Error(
        `Process ${pid} uses this data folder. If it is no collector, delete the file "lock" in it.`,
      );
    }
    rmSync(file, { force: true });
  }
}
