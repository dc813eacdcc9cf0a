import 'fake-indexeddb/auto';
import type { Head } from '../../lib/audit/leaf.ts';
import type { EffectRow } from '../../lib/store/rows.ts';
import { StoreUnavailable } from '../../lib/store/errors.ts';
import type { CommitEnv } from '../../lib/store/log.ts';
import { draft, freshName, testEnv } from '../../lib/store/store.test-support.ts';
import { openStore, type Store } from '../../lib/store/store.ts';
import type { TrailTx } from '../../lib/store/trail-tx.ts';
import { createSync, type Sync } from '../../lib/sync/create-sync.ts';
import type { SyncDeps } from '../../lib/sync/deps.ts';
import { heldAt } from '../../lib/view/history-rows.ts';
import type { DeviceFacts } from './oracle.ts';
import { readDevice, readTables, type Shown } from './snapshot.ts';

/** Stands in every text that a person wrote here: it may not leave. */
export const CANARY = 'xylophone-canary-7391';
/** How often a device tries before it is called stuck. */
const MAX_TRIES = 60;

/** A whole profile at one moment. */
export interface Saved {
  rows: Record<string, unknown[]>;
  mirror: Head | null;
  promised: Head[];
}

let spaces = 5_000;

/** A device with the real store and engine that can be killed, wiped, copied and sent through time. */
export class FaultDevice {
  /** The database; stays while the store is closed and opened again. */
  readonly name = freshName();
  readonly settings: { endpoint: string; token: string };
  readonly clock = { now: Date.UTC(2026, 10, 23, 12) };
  store: Store;
  /** What storage outside the database holds. */
  mirror: Head | null = null;
  /** Entries whose writing was reported done. */
  readonly promised: Head[] = [];
  /** Every log that it wrote or was sent for it. */
  readonly logids = new Set<string>();
  readonly env: CommitEnv;
  readonly #lock: string;
  #decisions = 0;
  settledInMs: number | null = null;

  constructor(endpoint: string, token: string) {
    spaces += 1;
    this.#lock = `sync-of-${spaces}`;
    this.settings = { endpoint, token };
    const { clock } = this;
    this.env = { ...testEnv('Mia', 0, spaces), now: () => (clock.now += 1) };
    this.store = this.#open();
  }

  #open(): Store {
    const store = openStore(this.name);
    store.headMirror = (head) => {
      this.mirror = head;
      this.logids.add(head.logid);
    };
    return store;
  }

  async #commit(store: Store, work: (tx: TrailTx) => Promise<Head[]>): Promise<void> {
    const done = await store.commit(this.env, work);
    this.promised.push(...done.map(({ logid, seq, hash }) => ({ logid, seq, hash })));
    this.settledInMs = null;
  }

  /** Records events. */
  async record(count: number, store = this.store): Promise<void> {
    await this.#commit(store, async (tx) => {
      const done: Head[] = [];
      for (let n = 0; n < count; n += 1) done.push(await tx.append(draft('item.changed', { n })));
      return done;
    });
  }

  /** Takes a decision with a note and its effect, and carries it out. */
  async decide(store = this.store): Promise<void> {
    this.#decisions += 1;
    const decisionId = `${this.name}-${this.#decisions}`;
    const effect: EffectRow = {
      decisionId,
      itemId: 'item-1',
      act: 'release',
      state: 'pending',
      reason: '',
      dropped: [],
      text: CANARY,
      shownHash: '',
      at: this.clock.now,
    };
    await this.#commit(store, async (tx) => {
      const note = { ...(await tx.content('item-1', 'note', 1, CANARY)) };
      const event = await tx.append(draft('decision.approved', { decisionId, note }));
      await tx.effects.put(effect);
      return [event];
    });
    await this.#commit(store, async (tx) => {
      const now = await tx.effects.get(decisionId);
      if (now?.state !== 'pending') return [];
      await tx.effects.put({ ...effect, state: 'applied' });
      return [await tx.append(draft('effect.applied', { decisionId }))];
    });
  }

  /** A second context, as an open panel is: another connection to the same database. */
  async asTwo(work: (store: Store) => Promise<void>): Promise<void> {
    const other = this.#open();
    try {
      await work(other);
    } finally {
      other.close();
    }
  }

  /** The engine as a worker started anew makes it. */
  sync(over: Partial<SyncDeps> = {}): Sync {
    return createSync({
      store: this.store,
      settings: () => Promise.resolve({ kind: 'collector', ...this.settings }),
      now: () => this.clock.now,
      random: () => 0.5,
      lock: (work) => navigator.locks.request(this.#lock, work),
      env: () => this.env,
      fetch,
      ...over,
    });
  }

  /** Dies and starts again, as the worker does: only what was stored is left. */
  async restart(): Promise<void> {
    this.store.close();
    this.store = this.#open();
    await this.store.reconcileHead(this.env, this.mirror);
  }

  /** Dies while it writes: all of it is stored or nothing. */
  async dieWriting(count: number): Promise<void> {
    const writing = this.record(count).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
    });
    this.store.close();
    await writing;
    await this.restart();
  }

  /** The browser throws the database away; what stands outside it stays. */
  async wipe(): Promise<void> {
    this.store.close();
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(this.name);
      request.addEventListener('success', () => resolve());
      request.addEventListener('error', () => reject(new Error('not deleted')));
    });
    await this.restart();
    this.settledInMs = null;
  }

  /** Everything in the database, and what stands outside it. */
  async save(): Promise<Saved> {
    // Made with the first use.
    await this.store.head();
    const db = await opened(this.name);
    const tables = [...db.objectStoreNames];
    db.close();
    const rows = (await readTables({ name: this.name, tables })) ?? {};
    return { rows, mirror: this.mirror, promised: [...this.promised] };
  }

  /**
   * Puts a saved database in the place of this one, as a browser that repairs it or a person who copies a
   * folder back. With `whole` what stands outside it is the old one too: nothing here can tell.
   */
  async load(saved: Saved, whole: boolean): Promise<void> {
    await this.store.head();
    this.store.close();
    const db = await opened(this.name);
    const tx = db.transaction([...db.objectStoreNames], 'readwrite');
    for (const [table, rows] of Object.entries(saved.rows)) {
      tx.objectStore(table).clear();
      for (const row of rows) tx.objectStore(table).put(row);
    }
    await new Promise((resolve) => tx.addEventListener('complete', resolve));
    db.close();
    if (whole) {
      this.mirror = saved.mirror;
      this.promised.splice(0, Infinity, ...saved.promised);
    }
    this.settledInMs = null;
    await this.restart();
  }

  /** From now on only what is here now counts as promised. */
  forgetLost(here: readonly Head[]): void {
    const hashes = new Set(here.map((entry) => entry.hash));
    const kept = this.promised.filter((entry) => hashes.has(entry.hash));
    this.promised.splice(0, Infinity, ...kept);
  }

  /** Another device with a copy of this one's whole profile. */
  async copy(): Promise<FaultDevice> {
    const other = new FaultDevice(this.settings.endpoint, this.settings.token);
    await other.load(await this.save(), true);
    for (const logid of this.logids) other.logids.add(logid);
    return other;
  }

  /** Sends until all is sent, going through every wait by its clock. */
  async settle(over: Partial<SyncDeps> = {}): Promise<void> {
    const began = this.clock.now;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const sync = this.sync(over);
      await sync.syncNow();
      const due = await sync.due();
      if (due === null) {
        this.settledInMs = this.clock.now - began;
        return;
      }
      this.clock.now = Math.max(due, this.clock.now);
    }
    this.settledInMs = Infinity;
  }

  /** What the panel and the options page would show. */
  async shown(): Promise<Shown> {
    const { unsynced } = await this.store.counts(this.clock.now);
    const { lastProblem, cursors } = await this.store.syncState();
    const witnessed = await this.store.witnessed();
    const acked = new Map(cursors.map((row) => [row.logid, row.ackedSeq]));
    const { events } = await readDevice(this.name);
    return {
      unsynced,
      problem: lastProblem?.code ?? null,
      held: new Map(
        events.map((row) => [
          `${row.logid} ${row.seq}`,
          heldAt(row, acked, witnessed, 'collector'),
        ]),
      ),
      verdict: await this.store.verify({ mirror: this.mirror, since: null }),
    };
  }

  /** All of it for the oracle; starts the device anew in between. */
  async facts(): Promise<DeviceFacts> {
    const shown = await this.shown();
    await this.restart();
    const shownAgain = await this.shown();
    const { promised, settledInMs } = this;
    return { rows: await readDevice(this.name), shown, shownAgain, promised, settledInMs };
  }
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error('not opened')));
  });
}
