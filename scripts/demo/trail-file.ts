import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readExportLine } from '../../lib/audit/export-format.ts';

const run = promisify(execFile);

/** The log of an export and its entries as stored, oldest first. */
export async function exportedEvents(file: string): Promise<{ logid: string; raws: string[] }> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const events = lines.flatMap((text) => {
    const line = readExportLine(text);
    return line?.line === 'event' ? [line] : [];
  });
  const [first] = events;
  if (first === undefined) throw new Error('The export holds no entry');
  return { logid: first.logid, raws: events.map(({ raw }) => raw) };
}

/** What `npm run verify -- FILE` prints. Throws when it does not exit with 0. */
export async function verifyFile(file: string): Promise<string> {
  const script = join(import.meta.dirname, '..', 'verify.ts');
  const { stdout } = await run(process.execPath, [script, file]);
  return stdout;
}
