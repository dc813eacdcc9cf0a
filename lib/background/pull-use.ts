import { browser } from '../platform/browser.ts';
import { readTeam, writeTeam } from '../settings/team-store.ts';
import { createPull } from '../sync/pull.ts';
import { placeOf } from '../sync/target.ts';
import type { CaseUse } from './cases/case-use.ts';
import { endAccess } from './end-access.ts';
import type { SignInUse } from './sign-in-use.ts';
import { pullPolicy, watchExpiry } from './take-policy.ts';
import type { Worker } from './worker.ts';

const LOCK = 'countersign-pull';
/** How often the collector is asked while nobody looks, in minutes: Chrome's shortest. */
const EVERY_MINUTES = 0.5;
/** The policy's clock is written down this often, in milliseconds. */
const CLOCK_MS = 60 * 60_000;

/** Hearing from the collector as the use cases see it. */
export interface PullUse {
  /** The alarm that wakes it. */
  alarm: string;
  /** Asks what is new; goes on listening while one of our pages is open. Rejects only when the store does. */
  now(options?: { asked: boolean }): Promise<void>;
}

/** Whether the panel or another page of ours is open: then news should come within a second. */
async function isLookedAt(): Promise<boolean> {
  return (await browser.runtime.getContexts({ contextTypes: ['SIDE_PANEL', 'TAB'] })).length > 0;
}

/** Wires the pull to the settings, the trail, the clock and an alarm. */
export function createPullUse(worker: Worker, signIn: SignInUse, cases: CaseUse): PullUse {
  const alarm = 'pull';
  const pull = createPull({
    credential: signIn.credential,
    ask: signIn.ask,
    read: readTeam,
    write: writeTeam,
    now: () => worker.now(),
    random: Math.random,
    lock: async (work) => {
      await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
        if (lock !== null) await work();
      });
    },
    policy: (org) => pullPolicy(worker, signIn.ask, org),
    cases: cases.take,
    ended: async () => {
      await cases.drop();
      await endAccess(worker, signIn);
    },
  });
  const arm = async (): Promise<void> => {
    const { endpointKind, syncEndpoint } = await worker.settings();
    const isOn = endpointKind === 'collector' && syncEndpoint !== '';
    const expires = await watchExpiry(worker, CLOCK_MS);
    if (isOn && (await browser.alarms.get(alarm)) === undefined)
      await browser.alarms.create(alarm, { periodInMinutes: EVERY_MINUTES });
    if (!isOn) await browser.alarms.clear(alarm);
    // Of its own: without a collector's answer it expires all the same.
    if (expires !== null) await browser.alarms.create(`${alarm}-expiry`, { when: expires });
  };
  /** The first push pins the key that policies are checked with; before it nothing is asked. */
  const isMet = async (): Promise<boolean> => {
    const { collectorKey, endpoint } = await worker.store.syncState();
    return collectorKey !== null && endpoint === placeOf(await signIn.credential());
  };
  return {
    alarm,
    async now({ asked } = { asked: false }) {
      await arm();
      if (!(await isMet())) return;
      let goesOn = await pull.pullNow({ wait: false, asked });
      while (goesOn && (await isLookedAt()))
        goesOn = await pull.pullNow({ wait: true, asked: false });
    },
  };
}
