import type { CommitEnv } from '../store/log.ts';
import type { Store } from '../store/store.ts';
import type { Net } from './call-endpoint.ts';
import type { Target } from './target.ts';

/** What syncing needs of the store. */
type SyncStore = Pick<
  Store,
  | 'syncState'
  | 'setSync'
  | 'unsynced'
  | 'ack'
  | 'useEndpoint'
  | 'stopLog'
  | 'itemTrail'
  | 'outputEntry'
>;

/** What syncing needs from outside. */
export interface SyncDeps extends Net {
  store: SyncStore;
  settings(): Promise<Target>;
  /** Where to send after the token `used` was refused; null when there is no other. */
  renewed?(used: string): Promise<Target | null>;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** Runs work alone in the whole browser: one push is under way at a time. */
  lock<T>(work: () => Promise<T>): Promise<T>;
  /** What a new log is begun with when one can't be sent any further. */
  env(): CommitEnv;
}
