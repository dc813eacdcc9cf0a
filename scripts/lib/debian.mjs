// Plain JavaScript: it runs on Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from './on-path.mjs';

/** True as root on a system with Debian's package tool. */
export function isRootOnDebian() {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath(['apt-get']) !== null
  );
}

/** @param {readonly string[]} args */
function aptGet(args) {
  return spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/**
 * Installs Debian packages. Only called as root.
 * @param {readonly string[]} packages
 * @throws an Error of one line, with apt's own last word
 */
export function aptInstall(packages) {
  // One dead source makes this fail while the others still have the package.
  const update = aptGet(['update']);
  const { status, stderr } = aptGet(['install', '--no-install-recommends', ...packages]);
  if (status === 0) return;
  const why = `${update.stderr}\n${stderr}`.match(/^E: .*$/gm)?.at(-1) ?? `status ${status}`;
  throw new Error(`apt-get could not install ${packages.join(', ')} (${why})`);
}
