// Plain JavaScript: it runs before any package is there, on Node 20.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a command and keeps what it prints, so that the caller can say it in one sentence.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{
 *   cwd: string,
 *   env?: NodeJS.ProcessEnv,
 *   onLine?: (line: string) => void,
 *   signal?: AbortSignal,
 * }} options `onLine` gets each line as it comes; `signal` ends the command
 * @returns {Promise<{ status: number, lines: string[] }>} rejects when it cannot be started
 */
export function runWatched(command, args, { cwd, env, onLine, signal }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** @type {string[]} */
    const lines = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        onLine?.(line);
      });
    const stop = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ status: code ?? 1, lines });
    });
  });
}
