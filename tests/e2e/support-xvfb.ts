import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A screen for headed browsers. */
export interface Screen {
  /** Value for the browser's DISPLAY. */
  readonly display: string;
  /** Ends the X server, when it is ours. */
  stop(): Promise<void>;
}

function onPath(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    if (folder !== '' && existsSync(file)) return file;
  }
  return null;
}

/**
 * Starts an Xvfb of our own on a free display number. Null when Xvfb is not installed: the caller
 * says what it skips. (A display that is already there is not used: windows of other programs
 * would take the focus.)
 */
export async function startXvfb(): Promise<Screen | null> {
  const program = onPath('Xvfb');
  if (program === null) return null;
  const server = spawn(
    program,
    ['-displayfd', '3', '-screen', '0', '1600x900x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => {
      resolve();
    });
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => {
      reject(new Error(`Xvfb ended with ${code} before it named its display`));
    });
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    });
  });
  return {
    display: `:${number}`,
    async stop() {
      server.kill();
      await ended;
    },
  };
}
