import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AVAILABLE, missing } from '../availability.ts';
import type { Availability, Say } from '../availability.ts';
import { runCommand } from '../run-command.ts';
import { MASTRA_SERVER } from './server-source.ts';

const SOURCE = fileURLToPath(new URL('packages/', import.meta.url));

/** Where Mastra is installed: outside of all that is committed, kept between runs. */
export const MASTRA_HOME = fileURLToPath(new URL('../../../.cache/apps/mastra/', import.meta.url));

/** The module to run with Node 24. */
export const MASTRA_ENTRY = join(MASTRA_HOME, 'server.mjs');

const STAMP = join(MASTRA_HOME, 'installed.txt');
const LISTS = ['package.json', 'package-lock.json'] as const;

const wanted = async () => {
  const hash = createHash('sha256').update(MASTRA_SERVER);
  for (const name of LISTS) hash.update(await readFile(join(SOURCE, name)));
  return hash.digest('hex');
};

/** Whether exactly the pinned packages are installed. */
export const mastraAvailable = async (): Promise<Availability> => {
  if (!existsSync(STAMP)) return missing('Mastra Studio is not installed.');
  return (await readFile(STAMP, 'utf8')) === (await wanted())
    ? AVAILABLE
    : missing('Mastra Studio is installed in another version than the pinned one.');
};

/**
 * Installs the pinned packages with npm; no install script of theirs runs.
 * @throws an Error with npm's own words.
 */
export const installMastra = async (say: Say): Promise<void> => {
  say('mastra: installing 384 npm packages (about 270 MB, half a minute)');
  await mkdir(MASTRA_HOME, { recursive: true });
  for (const name of LISTS) await copyFile(join(SOURCE, name), join(MASTRA_HOME, name));
  // Not `npm ci`: it fails where a registry lacks optional packages of other platforms.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runCommand('npm', ['install', ...quiet], { cwd: MASTRA_HOME });
  await writeFile(MASTRA_ENTRY, MASTRA_SERVER);
  await writeFile(STAMP, await wanted());
};
