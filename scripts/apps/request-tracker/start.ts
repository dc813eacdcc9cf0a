import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
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
const READY_WITHIN_MS = 60_000;

/** Root runs RT as www-data, as Debian does; everyone else as themselves. */
const account = async () => {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string) => Number(await runCommand('id', [flag, 'www-data']));
  return { uid: await id('-u'), gid: await id('-g') };
};

/**
 * Starts the installed Request Tracker on a free loopback port.
 * @throws an Error with RT's own words when it does not start.
 */
export const startRequestTracker = async (): Promise<RequestTracker> => {
  const port = await freePort();
  const folder = await runFolder('rt');
  const who = await account();
  const own = async (path: string) => {
    if (who.uid !== undefined) await chown(path, who.uid, who.gid);
  };
  const siteFile = join(folder, 'site-config.pm');
  const passwordFile = join(folder, 'password');
  const rightsFile = join(folder, 'rights');
  const noMore = join(folder, 'site-config.d');
  for (const name of [noMore, join(folder, 'mason'), join(folder, 'session')]) {
    await mkdir(name);
    await own(name);
  }
  await writeFile(siteFile, siteConfig({ port, folder }));
  await writeFile(passwordFile, PASSWORD);
  await writeFile(rightsFile, CUSTOMER_RIGHTS);
  for (const path of [folder, siteFile, passwordFile, rightsFile]) await own(path);
  await chmod(passwordFile, 0o600);

  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: folder,
    TMPDIR: folder,
    LC_ALL: 'C.UTF-8',
    RT_SITE_CONFIG: siteFile,
    RT_SITE_CONFIG_DIR: noMore,
  };
  const make = ['--action', 'init', '--dba-password', 'none', '--root-password-file', passwordFile];
  await runCommand(RT_SETUP_DATABASE, make, { cwd: folder, env, ...who });
  const grant = ['--action', 'insert', '--dba-password', 'none', '--datafile', rightsFile];
  await runCommand(RT_SETUP_DATABASE, grant, { cwd: folder, env, ...who });

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
  const client = rtClient({ url, user: USER, password: PASSWORD });
  return { ...client, url, user: USER, password: PASSWORD, version: await client.version(), stop };
};
