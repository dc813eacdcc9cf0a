import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

/** A collector in a process of its own. */
export interface CollectorProcess {
  url: string;
  /** The token of a first start, '' otherwise. */
  token: string;
  /** Ends it; resolves with the exit code, null when the signal ended it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** Starts `npm run collector` and reads what it prints, as a script would. */
export async function startProcess(options: {
  folder: string;
  /** '' for the embedded database. */
  databaseUrl: string;
  isFirst: boolean;
  /** Where it listens; absent for any free port. */
  port?: number;
  env?: Record<string, string>;
}): Promise<CollectorProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['server/main.ts', '--port', String(options.port ?? 0), '--data', options.folder],
    {
      cwd: root,
      env: { ...process.env, ...options.env, DATABASE_URL: options.databaseUrl },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const end = (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    return gone;
  };
  if (child.stdout === null) throw new Error('It has an output');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    const said = lines.join('\n');
    const [, url] = /^Collector: (http:\/\/127\.0\.0\.1:\d+)$/m.exec(said) ?? [];
    const [, token = ''] = /^Admin token \(shown once\): (cs_\S+)$/m.exec(said) ?? [];
    if (url !== undefined && (!options.isFirst || token !== '')) return { url, token, end };
  }
  throw new Error(`The collector ended, having said: ${lines.join('\n')}`);
}
