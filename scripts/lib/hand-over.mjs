// Plain JavaScript: it runs on Node 20.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Runs a script of `scripts/` with the project's own Node 24, and waits for its end. No npm stands in
 * between: npm would die of a SIGTERM and leave what it started running.
 * @param {string} root the folder of the checkout
 * @param {readonly string[]} args the script and its arguments
 * @param {NodeJS.ProcessEnv} extra added to the environment
 * @returns {Promise<number>} its exit code; 128 and more when a signal ended it
 */
export function handOver(root, args, extra) {
  const bin = join(root, 'node_modules', '.bin');
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  return new Promise((resolve, reject) => {
    const child = spawn(join(bin, 'node'), args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...extra, PATH: path },
    });
    // Ctrl+C reaches the child by the terminal; here it only must not end this process first.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (signal !== null) process.stderr.write(`\nEnded by ${signal}.\n`);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
