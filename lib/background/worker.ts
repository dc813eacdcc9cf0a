import type { Policy } from '../domain/policy.ts';
import type { Decider } from '../domain/transitions.ts';
import type { callPage } from '../messaging/client.ts';
import type { Settings } from '../settings/catalog.ts';
import type { CommitEnv } from '../store/log.ts';
import type { Store } from '../store/store.ts';
import type { Pool } from './pool.ts';

/** All that the use cases need from outside. Holds no state of its own that matters. */
export interface Worker {
  store: Store;
  pool: Pool;
  /** The policy in force, and what names it in the trail. */
  readonly policy: Policy;
  settings(): Promise<Settings>;
  callPage: typeof callPage;
  now(): number;
  uuid(): string;
  traceId(): string;
  randomBytes(length: number): Uint8Array;
  extensionVersion: string;
  /** Told after a commit that the outside should hear of: badge and sync. */
  committed(): void;
}

/** What a commit by the extension itself is signed with: no person acts. */
export function ownEnv(worker: Worker): CommitEnv {
  return envAs(worker, '');
}

/** What a commit by a person is signed with. Without a collector the name is self-declared. */
export function envAs(worker: Worker, name: string): CommitEnv {
  return {
    now: worker.now,
    uuid: worker.uuid,
    randomBytes: worker.randomBytes,
    actor: { name, declared: name !== '' },
    extensionVersion: worker.extensionVersion,
  };
}

/** Who decides on this device; a reviewer who gave no name is called that. */
export async function decider(worker: Worker): Promise<Decider> {
  const { reviewerName, reviewerRole } = await worker.settings();
  return { name: reviewerName === '' ? 'Unnamed reviewer' : reviewerName, role: reviewerRole };
}
