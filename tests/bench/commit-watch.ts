import type { Worker } from '@playwright/test';

/** A read-write transaction of the service worker that appended to the trail. */
export interface Commit {
  /** Types of the events it appended. */
  types: string[];
  /** Wall clock when it was complete, ms since 1970. */
  at: number;
  /** From its first request to its completion, ms. */
  ms: number;
}

/** Makes the running worker note its commits. The shipped bundle holds none of this. */
export async function watchCommits(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    if (Reflect.has(globalThis, 'benchCommits')) return;
    const commits: { types: string[]; at: number; ms: number }[] = [];
    Object.assign(globalThis, { benchCommits: commits });
    const began = new WeakMap<IDBTransaction, number>();
    const types = new WeakMap<IDBTransaction, string[]>();
    // Dexie binds `transaction` when it opens, so a transaction is first met at its first request.
    const { objectStore } = IDBTransaction.prototype;
    IDBTransaction.prototype.objectStore = function (...args) {
      if (!began.has(this)) began.set(this, performance.now());
      return Reflect.apply(objectStore, this, args);
    };
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...args) {
      const tx = this.transaction;
      if (this.name === 'events') {
        const own = types.get(tx) ?? [];
        own.push(String(args[0].type));
        if (!types.has(tx))
          tx.addEventListener('complete', () => {
            const ms = performance.now() - (began.get(tx) ?? Number.NaN);
            commits.push({ types: own, at: Date.now(), ms });
          });
        types.set(tx, own);
      }
      return Reflect.apply(add, this, args);
    };
  });
}

/** The commits so far, oldest first. */
export function commitsOf(worker: Worker): Promise<Commit[]> {
  return worker.evaluate(() => Reflect.get(globalThis, 'benchCommits') as Commit[]);
}
