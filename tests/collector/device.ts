import 'fake-indexeddb/auto';
import type { Head } from '../../lib/audit/leaf.ts';
import { draft, freshName, testEnv } from '../../lib/store/store.test-support.ts';
import { openStore, type Store } from '../../lib/store/store.ts';
import { createSync, type Sync } from '../../lib/sync/create-sync.ts';
import type { EndpointKind } from '../../lib/domain/endpoint.ts';
import type { SyncDeps } from '../../lib/sync/deps.ts';
import type { Target } from '../../lib/sync/target.ts';

/** A device: the real store and the real engine; clock, chance and settings are the test's. */
export interface Device {
  store: Store;
  settings: Target;
  clock: { now: number };
  /** The engine as a worker started anew would make it. */
  sync(over?: Partial<SyncDeps>): Sync;
  /** Records `count` events; `mark` makes them others than the same device would write elsewhere. */
  record(count: number, mark?: string): Promise<void>;
  unsynced(): Promise<number>;
  /** The last entry of its log. */
  head(): Promise<Head>;
  /** The events of one of its logs as they are kept, oldest first. */
  raws(logid: string): Promise<string[]>;
}

let spaces = 0;

/** A new device; two with the same `space` write the same log, as after a profile was copied. */
export function newDevice(
  endpoint: string,
  token: string,
  space = (spaces += 1),
  kind: EndpointKind = 'collector',
): Device {
  const store = openStore(freshName());
  const env = testEnv('Mia', Date.UTC(2026, 10, 23, 9), space);
  const settings: Target = { kind, endpoint, token };
  const clock = { now: Date.UTC(2026, 10, 23, 12) };
  return {
    store,
    settings,
    clock,
    sync: (over) =>
      createSync({
        store,
        settings: () => Promise.resolve({ ...settings }),
        now: () => clock.now,
        random: () => 0.5,
        lock: (work) => navigator.locks.request(`lock-of-${space}`, work),
        env: () => env,
        fetch,
        ...over,
      }),
    record: (count, mark = '') =>
      store.commit(env, async (tx) => {
        for (let n = 0; n < count; n += 1) await tx.append(draft('item.changed', { n, mark }));
      }),
    unsynced: async () => (await store.counts(clock.now)).unsynced,
    async head() {
      const head = await store.head();
      if (head === null) throw new Error('There is a head');
      return head;
    },
    async raws(logid) {
      const raws: string[] = [];
      const how = { now: clock.now, extensionVersion: '0.1.0', contents: false };
      for await (const line of store.exportLines(how)) {
        const read = JSON.parse(line);
        if (read.line === 'event' && read.logid === logid) raws.push(read.raw);
      }
      return raws;
    },
  };
}
