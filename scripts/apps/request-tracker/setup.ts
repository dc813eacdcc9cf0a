import { existsSync } from 'node:fs';
import { isRootOnDebian } from '../../lib/browser.mjs';
import { AVAILABLE, missing } from '../availability.ts';
import type { Availability, Say } from '../availability.ts';
import { runCommand } from '../run-command.ts';

/** RT's own server script. */
export const RT_SERVER = '/usr/share/request-tracker5/libexec/rt-server';

/** RT's own script that makes a database. */
export const RT_SETUP_DATABASE = '/usr/sbin/rt-setup-database-5';

// dbconfig-no-thanks: each run makes its own database, the machine needs none.
const PACKAGES = ['request-tracker5', 'rt5-db-sqlite', 'rt5-standalone', 'dbconfig-no-thanks'];

/** The packages to install; where no mailer is there yet, the smallest that starts no service. */
const rtPackages = (): readonly string[] =>
  existsSync('/usr/sbin/sendmail') ? PACKAGES : [...PACKAGES, 'msmtp-mta'];

/** Whether RT 5 with SQLite and its own server is installed. */
export const requestTrackerAvailable = async (): Promise<Availability> => {
  if (!existsSync(RT_SERVER) || !existsSync(RT_SETUP_DATABASE))
    return missing('Request Tracker 5 is not installed.');
  try {
    await runCommand('perl', ['-MDBD::SQLite', '-MPlack::Handler::Starlet', '-e', '1']);
    return AVAILABLE;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return missing('Request Tracker 5 is installed without rt5-db-sqlite or rt5-standalone.');
  }
};

const APT = ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y'];

/** Whether apt's lists know the package; on a fresh machine they are empty. */
const known = async () =>
  /Candidate: \d/.test(await runCommand('apt-cache', ['policy', 'request-tracker5']));

/**
 * Installs RT from Debian's own packages.
 * @throws an Error that says what is needed when not root on Debian, else with apt's own words.
 */
export const installRequestTracker = async (say: Say): Promise<void> => {
  if (!isRootOnDebian())
    throw new Error(
      `Request Tracker is installed from Debian's packages, as root: sudo apt-get install --no-install-recommends ${rtPackages().join(' ')}`,
    );
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if (!(await known())) {
    say("request-tracker: reading Debian's package lists");
    await runCommand('apt-get', [...APT, 'update'], { env });
  }
  say('request-tracker: installing Debian packages (about 65 MB, up to a minute)');
  await runCommand('debconf-set-selections', [], {
    input: 'request-tracker5 request-tracker5/install-cronjobs boolean false\n',
  });
  // unsafe-io: not to wait for the disk 270 times; a crash here only means to install again.
  const install = ['-o', 'Dpkg::Options::=--force-unsafe-io', 'install', '--no-install-recommends'];
  await runCommand('apt-get', [...APT, ...install, ...rtPackages()], { env });
};
