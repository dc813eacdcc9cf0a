import type { Policy } from '../domain/policy.ts';
import type { Decider } from '../domain/transitions.ts';
import type { callPage } from '../messaging/client.ts';
import type { Settings } from '../settings/catalog.ts';
import { deciderIn, type InForce } from '../settings/in-force.ts';
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
  inForce(): Promise<InForce>;
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
  return envAs(worker, { id: '', name: '' });
}

/** What a commit by a person is signed with. A name that no collector gave is their own word. */
export function envAs(worker: Worker, { id, name }: Pick<Decider, 'id' | 'name'>): CommitEnv {
  return {
    now: worker.now,
    uuid: worker.uuid,
    randomBytes: worker.randomBytes,
    actor: { name, declared: name !== '' && id === '' },
    extensionVersion: worker.extensionVersion,
  };
}

/**
 * Who decides on this device. With a collector it alone says so, and who it has not named is a reviewer;
 * without one it is the person's own word. Who gave no name is called that.
 */
export async function decider(worker: Worker): Promise<Decider> {
  const by = deciderIn(await worker.inForce());
  return { ...by, name: by.name === '' ? 'Unnamed reviewer' : by.name };
}
