import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, runFolder, startGuarded } from '../guarded.ts';
import { runCommand } from '../run-command.ts';
import { rtClient } from './rest.ts';
import type { NewTicket, RtTransaction } from './rest.ts';
import { RT_SERVER, RT_SETUP_DATABASE } from './setup.ts';
import { CUSTOMER_RIGHTS, siteConfig } from './site-config.ts';

/** A running Request Tracker with a database of its own, new at each start. */
export interface RequestTracker {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** RT's own version. */
  readonly version: string;
  /**
   * The customer's mail opens a ticket, by RT's mail gateway: the customer is its creator.
   * Calls must not overlap.
   */
  createTicket(ticket: NewTicket): Promise<number>;
  /** What RT stored on a ticket, oldest first, by RT's REST API. */
  transactions(id: number): Promise<readonly RtTransaction[]>;
  /** The signature that RT puts under each new reply of `user`. */
  setSignature(text: string): Promise<void>;
  stop(): Promise<void>;
}

const USER = 'root';
const PASSWORD = 'countersign-trial';
const READY_WITHIN_MS = 120_000;

/** Root runs RT as www-data, as Debian does; everyone else as themselves. */
const account = async (): Promise<{ uid?: number; gid?: number }> => {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string) => Number(await runCommand('id', [flag, 'www-data']));
  return { uid: await id('-u'), gid: await id('-g') };
};

/** Writes the run's files and makes its database; returns RT's environment. */
const prepare = async (folder: string, port: number, who: { uid?: number; gid?: number }) => {
  const own = async (path: string) => {
    if (who.uid !== undefined && who.gid !== undefined) await chown(path, who.uid, who.gid);
  };
  const inside = (name: string) => join(folder, name);
  for (const name of ['site-config.d', 'mason', 'session']) {
    await mkdir(inside(name));
    await own(inside(name));
  }
  const files = {
    'site-config.pm': siteConfig({ port, folder }),
    password: PASSWORD,
    rights: CUSTOMER_RIGHTS,
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(inside(name), content, { mode: 0o600 });
    await own(inside(name));
  }
  await own(folder);

  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: folder,
    TMPDIR: folder,
    LC_ALL: 'C.UTF-8',
    RT_SITE_CONFIG: inside('site-config.pm'),
    RT_SITE_CONFIG_DIR: inside('site-config.d'),
  };
  // Two runs: RT's script refuses a data file of ours together with `init`.
  const database = (...args: readonly string[]) =>
    runCommand(RT_SETUP_DATABASE, [...args, '--dba-password', 'none'], {
      cwd: folder,
      env,
      ...who,
    });
  await database('--action', 'init', '--root-password-file', inside('password'));
  await database('--action', 'insert', '--datafile', inside('rights'));
  return env;
};

/**
 * Starts the installed Request Tracker on a free loopback port.
 * @throws an Error with RT's own words when it does not start.
 */
export const startRequestTracker = async (): Promise<RequestTracker> => {
  const port = await freePort();
  const folder = await runFolder('rt');
  try {
    const who = await account();
    const env = await prepare(folder, port, who);
    const url = `http://127.0.0.1:${port}`;
    const { stop } = await startGuarded({
      command: RT_SERVER,
      args: ['--host', '127.0.0.1', '--port', String(port), '--max-workers', '2'],
      env,
      folder,
      ...who,
      readyUrl: `${url}/NoAuth/Login.html`,
      readyWithin: READY_WITHIN_MS,
    });
    const { version, ...client } = rtClient({ url, user: USER, password: PASSWORD });
    return { ...client, url, user: USER, password: PASSWORD, version: await version(), stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
