import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { aptInstall, isRootOnDebian } from '../../scripts/lib/browser.mjs';

/** A PostgreSQL server of our own, on loopback. */
export interface OwnPostgres {
  /** A new, empty database each time it is asked for. */
  freshUrl(): Promise<string>;
  /** The same as a user who owns the database and may do nothing else; `sql` is run before, by the owner. */
  plainUrl(sql: string): Promise<string>;
  stop(): Promise<void>;
}

const DEBIAN_HOME = '/usr/lib/postgresql';

/** The folder with `initdb` and `postgres`: Debian's newest, else on the PATH; null when there is none. */
function findPrograms(): string | null {
  const debian = existsSync(DEBIAN_HOME)
    ? readdirSync(DEBIAN_HOME)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN_HOME, version, 'bin'))
    : [];
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = [...debian, ...path].find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))),
  );
  return found ?? null;
}

/** PostgreSQL's programs; installed first under CI as root on Debian. Null, with a sentence said, if absent. */
export function postgresPrograms(): string | null {
  const found = findPrograms();
  if (found !== null) return found;
  if (process.env['CI'] === 'true' && isRootOnDebian()) {
    aptInstall(['postgresql']);
    return findPrograms();
  }
  if (process.env['CI'] === 'true') throw new Error('PostgreSQL is missing, and CI must test it');
  process.stdout.write(
    'Skipped: the collector on PostgreSQL, which is not installed. To run it: sudo apt-get install postgresql\n',
  );
  return null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(address),
      );
    });
  });
}

/** PostgreSQL refuses to run as root: then it runs as another user. */
function otherUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' })),
      );
      if (uid !== undefined && gid !== undefined) return { uid, gid };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  throw new Error('Neither the user postgres nor nobody exists');
}

async function untilReady(url: string, isGone: () => boolean): Promise<void> {
  for (;;) {
    if (isGone()) throw new Error('PostgreSQL did not start');
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Starts a PostgreSQL server in a folder of its own; durable as in production. */
export async function startPostgres(programs: string): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-pg-'));
  const user = otherUser();
  if ('uid' in user && user.uid !== undefined && user.gid !== undefined) {
    chownSync(folder, user.uid, user.gid);
  }
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' } };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'tester', '-A', 'trust', '--no-sync', '-E', 'UTF8'],
    { ...options, stdio: 'ignore' },
  );
  const port = await freePort();
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    { ...options, stdio: 'ignore' },
  );
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown.
    server.kill('SIGINT');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const address = (database: string) => `postgres://tester@127.0.0.1:${port}/${database}`;
  try {
    await untilReady(address('postgres'), () => server.exitCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  let databases = 0;
  const asOwner = async (...statements: string[]) => {
    const client = new Client({ connectionString: address('postgres') });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    async freshUrl() {
      databases += 1;
      await asOwner(`CREATE DATABASE test_${databases}`);
      return address(`test_${databases}`);
    },
    async plainUrl(sql) {
      databases += 1;
      const name = `test_${databases}`;
      await asOwner(`CREATE ROLE ${name} LOGIN`, `CREATE DATABASE ${name} OWNER ${name}`);
      await asOwner(sql.replaceAll('<user>', name));
      return address(name).replace('tester@', `${name}@`);
    },
    stop,
  };
}
