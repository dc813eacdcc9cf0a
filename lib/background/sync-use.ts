import type { ReplyOf, ToWorker } from '../messaging/contracts.ts';
import type { Worker } from './worker.ts';

/** Syncing as the use cases see it. */
export interface SyncUse {
  /** The alarm that wakes it. */
  alarm: string;
  now(): Promise<void>;
  test(url: string, token: string): Promise<ReplyOf<ToWorker['sync.test']>>;
}

export function createSyncUse(_worker: Worker): SyncUse {
  return {
    alarm: 'sync',
    now: () => Promise.resolve(),
    test: () => Promise.resolve({ ok: false, steps: [] }),
  };
}
