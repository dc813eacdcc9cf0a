import { DEFAULT_POLICY } from '../domain/default-policy.ts';
import { callPage } from '../messaging/client.ts';
import { createRateLimit } from '../messaging/rate-limit.ts';
import { serveWorker } from '../messaging/serve.ts';
import { browser } from '../platform/browser.ts';
import { now } from '../platform/clock.ts';
import { randomBytes, traceId, uuid } from '../platform/random.ts';
import { policyInForce } from '../settings/policy-in-force.ts';
import { readInForce, readSettings, watchInForce, watchManaged } from '../settings/store.ts';
import { openStore } from '../store/store.ts';
import { showBadge } from './badge.ts';
import { resumeEffects } from './carry-out.ts';
import { createCaseUse } from './cases/case-use.ts';
import { createHandlers } from './handlers.ts';
import { keepHeadMirror, readHeadMirror } from './head-mirror.ts';
import { createOutputPool } from './pool.ts';
import { createPullUse } from './pull-use.ts';
import { recordManaged } from './record-managed.ts';
import { registerSites } from './register-sites.ts';
import { createRetention } from './retention.ts';
import { createSignInUse } from './sign-in-use.ts';
import { createSyncUse } from './sync-use.ts';
import type { Worker } from './worker.ts';
import { ownEnv } from './worker.ts';

/** What one frame may ask for: far above any honest page, far below what would hurt. */
const CALLS_PER_SECOND = 60;
const CALLS_BURST = 300;

/**
 * Starts the service worker. Every listener is registered in this turn, because Chrome delivers the event
 * that woke the worker only to listeners that are there by then; each handler waits for `ready` inside.
 */
export function startWorker(): void {
  const store = openStore();
  const trouble = (code: string, detail: string) => {
    store.addProblem({ at: now(), code, detail }).catch(() => {
      // The trail itself is unavailable: decisions are refused with that sentence, nothing else can be kept.
    });
  };
  const attempt = (what: string, work: Promise<unknown>) => {
    work.catch((error: unknown) => trouble(what, String(error)));
  };
  // Read where a transaction is open, which waits for nothing else: so it is kept, and follows the settings.
  let policy = DEFAULT_POLICY;
  const worker: Worker = {
    store,
    pool: createOutputPool(store, now),
    get policy() {
      return policy;
    },
    settings: readSettings,
    inForce: readInForce,
    callPage,
    now,
    uuid,
    traceId,
    randomBytes,
    extensionVersion: browser.runtime.getManifest().version,
    committed: () => {
      attempt('badge-failed', showBadge(worker));
      attempt('sync-failed', sync.now());
      attempt('cases-failed', cases.tell());
    },
  };
  const signIn = createSignInUse(worker);
  const sync = createSyncUse(worker, signIn);
  const cases = createCaseUse(worker, signIn);
  const pull = createPullUse(worker, signIn, cases);
  /** Hears at once what the collector has to tell; the first push pins the key that it is checked with. */
  const hear = () =>
    attempt(
      'pull-failed',
      sync.now().then(() => pull.now()),
    );
  const retention = createRetention(worker);
  store.headMirror = keepHeadMirror;
  store.onTrouble = (problem) => trouble('database', problem);

  const ready = start(worker, trouble, async () => {
    policy = policyInForce(await readInForce());
  }).then(() => {
    attempt('effects-failed', resumeEffects(worker));
    attempt('retention-failed', retention.now());
    hear();
    worker.committed();
  });
  const limit = createRateLimit(CALLS_PER_SECOND, CALLS_BURST);
  serveWorker(createHandlers(worker, { sync, signIn, cases, hear }, ready), {
    admit: ({ caller, tabId, frameId }) =>
      caller === 'extension' || limit.take(`${tabId} ${frameId}`, now()),
    onProblem: trouble,
  });
  const reregister = () => attempt('sites-failed', registerSites(readSettings));
  browser.permissions.onAdded.addListener(reregister);
  browser.permissions.onRemoved.addListener(reregister);
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name.startsWith(pull.alarm))
      attempt(
        'pull-failed',
        ready.then(() => pull.now()),
      );
    if (name === cases.alarm) attempt('cases-failed', ready.then(cases.tell));
    if (name === sync.alarm) attempt('sync-failed', ready.then(sync.now));
    if (name === retention.alarm) attempt('retention-failed', ready.then(retention.now));
  });
  // An update clears registered scripts; both events wake the worker, and `ready` registers again.
  browser.runtime.onInstalled.addListener(reregister);
  browser.runtime.onStartup.addListener(reregister);
  watchInForce((now) => {
    policy = policyInForce(now);
    hear();
  });
  watchManaged(() =>
    attempt(
      'managed-failed',
      ready.then(() => recordManaged(worker)),
    ),
  );
}

async function start(
  worker: Worker,
  trouble: (code: string, detail: string) => void,
  readPolicy: () => Promise<void>,
): Promise<void> {
  // By default content scripts read and write storage.local (trust.md §0.5): closed before anything else.
  await browser.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  await browser.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
  try {
    const found = await worker.store.reconcileHead(ownEnv(worker), await readHeadMirror());
    if (found === 'lost') trouble('log-lost', 'entries that were on this device are gone');
  } catch (error) {
    trouble('database', String(error));
  }
  try {
    await readPolicy();
    await registerSites(worker.settings);
  } catch (error) {
    // Decisions on what is there already must not wait for Chrome to take a pattern.
    trouble('sites-failed', String(error));
  }
}
