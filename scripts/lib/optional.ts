import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { APP_NAMES, available, ensureInstalled, installCommand } from '../apps/catalog.ts';
import { aptInstall, isRootOnDebian } from './debian.mjs';
import { onPath } from './on-path.mjs';

/** A part of the tests that needs more than packages and a browser. */
export interface OptionalPart {
  name: string;
  ready: boolean;
  /** Why it is not ready, '' when it is. */
  why: string;
  /** The one command that would get it. */
  how: string;
}

function hasPostgres(): boolean {
  const home = '/usr/lib/postgresql';
  if (onPath(['initdb']) !== null) return true;
  return existsSync(home) && readdirSync(home).some((v) => existsSync(join(home, v, 'bin/initdb')));
}

/** Debian packages that tests use when they are there. */
const PROGRAMS = [
  { name: 'Xvfb (pages without focus)', package: 'xvfb', ready: () => onPath(['Xvfb']) !== null },
  { name: 'PostgreSQL (collector)', package: 'postgresql', ready: hasPostgres },
];

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Finds the optional parts, and installs what is missing when `install` is set. A part that cannot be had
 * is reported, never silently left out; without `install` it is also said before the long run begins.
 */
export async function prepareOptional(options: {
  install: boolean;
  say(line: string): void;
}): Promise<OptionalPart[]> {
  const { install, say } = options;
  const parts: OptionalPart[] = [];
  for (const program of PROGRAMS) {
    let why = 'not installed';
    if (!program.ready() && install && isRootOnDebian()) {
      say(`installing Debian's package ${program.package}`);
      try {
        aptInstall([program.package]);
      } catch (error) {
        why = said(error);
      }
    }
    const ready = program.ready();
    const how = `sudo apt-get install ${program.package}`;
    parts.push({ name: program.name, ready, why: ready ? '' : why, how });
  }
  for (const name of APP_NAMES) {
    let why = '';
    if (install)
      try {
        await ensureInstalled(name, say);
      } catch (error) {
        why = said(error);
      }
    const state = await available(name);
    parts.push({
      name,
      ready: state.ok,
      why: state.ok ? '' : why || state.why,
      how: installCommand(name),
    });
  }
  const missing = parts.filter((part) => !part.ready).map((part) => part.name);
  if (!install && missing.length > 0)
    say(
      `skipped, because not installed: ${missing.join(', ')}. To install and run them${
        isRootOnDebian() ? '' : ', as root on Debian'
      }: npm test -- --install`,
    );
  return parts;
}
