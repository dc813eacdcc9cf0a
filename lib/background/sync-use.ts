import type { ReplyOf, RequestOf, ToWorker } from '../messaging/contracts.ts';
import { browser } from '../platform/browser.ts';
import { createContentSync } from '../sync/content-sync.ts';
import { createSync } from '../sync/create-sync.ts';
import { testConnection } from '../sync/test-connection.ts';
import type { SignIn } from './sign-in.ts';
import { ownEnv, type Worker } from './worker.ts';

/** How long after a try the next is made while something is unsent: Chrome's shortest alarm. */
const AGAIN_MS = 30_000;
const LOCK = 'countersign-sync';
const CONTENT_LOCK = 'countersign-contents';

/** Syncing as the use cases see it. */
export interface SyncUse {
  /** The alarm that wakes it. */
  alarm: string;
  /** Sends what is unsent, and sets the alarm while something is. Rejects only when the database does. */
  now(): Promise<void>;
  /** As `now`, because a person asked: does not wait for the back-off. */
  ask(): Promise<void>;
  test(request: RequestOf<ToWorker['sync.test']>): Promise<ReplyOf<ToWorker['sync.test']>>;
}

/** Wires the sync engine to the worker's store, settings, clock and alarms. */
export function createSyncUse(
  worker: Worker,
  { credential, renewed }: Pick<SignIn, 'credential' | 'renewed'>,
): SyncUse {
  const alarm = 'sync';
  const fetch = globalThis.fetch.bind(globalThis);
  const sync = createSync({
    store: worker.store,
    settings: credential,
    renewed,
    now: () => worker.now(),
    random: Math.random,
    fetch,
    lock: (work) => navigator.locks.request(LOCK, work),
    env: () => ownEnv(worker),
  });
  // Apart from the events: whatever happens to a text, an entry goes on its way.
  const contents = createContentSync({
    store: worker.store,
    settings: async () => {
      const { contentLevel } = await worker.settings();
      return { ...(await credential()), level: contentLevel };
    },
    now: () => worker.now(),
    random: Math.random,
    fetch,
    lock: (work) => navigator.locks.request(CONTENT_LOCK, work),
  });
  const arm = async () => {
    const due = Math.min((await sync.due()) ?? Infinity, (await contents.due()) ?? Infinity);
    if (due === Infinity) await browser.alarms.clear(alarm);
    else await browser.alarms.create(alarm, { when: Math.max(due, worker.now() + AGAIN_MS) });
  };
  const send = async (asked: boolean) => {
    // Before the push too: when the worker is killed in the middle, the alarm wakes the next.
    await arm();
    await sync.syncNow({ asked });
    await contents.sendNow({ asked });
    await arm();
  };
  return {
    alarm,
    now: () => send(false),
    ask: () => send(true),
    async test({ url, token, kind }) {
      const own = token === '' ? await credential() : null;
      const isOwn = own !== null && own.endpoint === url && own.kind === kind;
      return testConnection(
        url,
        isOwn ? own.token : token,
        {
          fetch,
          now: () => worker.now(),
          randomBytes: (length) => worker.randomBytes(length),
        },
        kind,
      );
    },
  };
}
