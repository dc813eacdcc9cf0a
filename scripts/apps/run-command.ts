import { spawn } from 'node:child_process';

/** How a command is run; its environment is ours with these on top. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  /** Written to its standard input. */
  readonly input?: string;
}

const KEPT = 4000;

/**
 * Runs a command to its end and returns what it printed.
 * @throws an Error with the end of its output when it fails or cannot be started.
 */
export const runCommand = (
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const { input, env, ...rest } = options;
    const child = spawn(command, args, {
      ...rest,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ended with ${String(code)}:\n${output.slice(-KEPT)}`));
    });
    // A command that ends before it read its input says so by its status.
    child.stdin.once('error', () => undefined);
    child.stdin.end(input ?? '');
  });
