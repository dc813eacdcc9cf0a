import { parseArgs } from 'node:util';
import { contentDays, DEFAULT_CONTENT_DAYS } from '../lib/domain/content-level.ts';
import type { Place } from './db/open.ts';
import { stderrLog } from './log.ts';
import { oidcSettings, type OidcSettings } from './oidc/settings.ts';
import { runCollector } from './run.ts';

const HELP = `Countersign collector

  npm run collector -- --port N --data DIR

  --port N      port to listen on, 0 for a free one (default 8731)
  --host H      address to listen on (default 127.0.0.1; put TLS in front of anything else)
  --data DIR    folder of the embedded database; not needed when DATABASE_URL names a PostgreSQL server
  --new-token   make another admin token and print it
  --help        this text

Texts that devices hand over (docs/privacy.md) are kept for a time:
  CONTENT_DAYS=90   days, 1 to 3650 (default ${DEFAULT_CONTENT_DAYS})

People sign in at an OpenID provider when the environment names one (docs/collector.md):
  OIDC_ISSUER=https://… OIDC_AUDIENCE=client-id
  OIDC_ROLE_CLAIM="groups: support-leads=lead, it=admin"   OIDC_AUTO_JOIN=desk.example   OIDC_SCOPES

Prints its address, and at the first start an admin token that is shown once.`;

function usage(problem: string): never {
  console.error(`${problem}\n\n${HELP}`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8731' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string' },
        'new-token': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    if (error instanceof TypeError) return usage(error.message);
    throw error;
  }
}

function placeOf(data: string | undefined): Place {
  const url = process.env['DATABASE_URL'];
  if (url !== undefined && url !== '') return { kind: 'postgres', url };
  if (data === undefined) return usage('Say where to keep the data: --data DIR or DATABASE_URL.');
  return { kind: 'folder', path: data };
}

/** Days that texts are kept. */
function contentDaysOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_CONTENT_DAYS;
  const days = contentDays.safeParse(/^\d+$/.test(text) ? Number(text) : text);
  return days.success ? days.data : usage(`CONTENT_DAYS ${text} is no number from 1 to 3650.`);
}

const options = readOptions();
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : NaN;
if (!(port <= 65_535)) usage(`--port ${options.port} is no port.`);

function signIn(): OidcSettings | null {
  try {
    return oidcSettings(process.env);
  } catch (error) {
    if (error instanceof Error) return usage(error.message);
    throw error;
  }
}

const collector = await runCollector({
  place: placeOf(options.data),
  host: options.host,
  port,
  newToken: options['new-token'],
  log: stderrLog,
  contentDays: contentDaysOf(process.env['CONTENT_DAYS']),
  oidc: signIn(),
}).catch((error: unknown) => {
  console.error(
    `The collector did not start: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exit(1);
});
console.log(`Collector: ${collector.url}`);
if (collector.token !== null) console.log(`Admin token (shown once): ${collector.token}`);

let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    // A second signal must not close the database under requests that are being finished.
    if (isStopping) return;
    isStopping = true;
    collector.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
