import Dexie from 'dexie';
import type { Head } from '../audit/leaf.ts';
import { asStoreError, guarded, type StoreProblem } from './errors.ts';
import { LogWriter, type CommitEnv } from './log.ts';
import { CountersignDb, DATABASE } from './schema.ts';
import { StoreReads } from './reads.ts';
import { TrailTx } from './trail-tx.ts';

/**
 * The product's database. Reads are plain queries on it, so a live query sees what they read; all
 * writing goes through `commit`. Everything the browser refuses comes out as `StoreUnavailable`.
 */
export class Store extends StoreReads {
  /** Told the head after each commit that appended, so that it can be kept outside the database. */
  headMirror: ((head: Head) => void | Promise<void>) | null = null;
  /** Told when the database closes under us or waits for another version of us. */
  onTrouble: ((problem: StoreProblem | 'blocked') => void) | null = null;

  constructor(name: string = DATABASE) {
    const db = new CountersignDb(name);
    super(db);
    db.on('versionchange', () => {
      // A newer version wants to upgrade or delete: holding the database open would block it.
      db.close({ disableAutoOpen: true });
      this.onTrouble?.('closed');
    });
    db.on('blocked', () => this.onTrouble?.('blocked'));
    db.on('close', () => this.onTrouble?.('closed'));
  }

  /**
   * One durable transaction over all tables: either all that `work` wrote is stored, or nothing.
   * What `work` throws comes out unchanged. When this resolves, the writes are on the disk.
   */
  async commit<T>(env: CommitEnv, work: (tx: TrailTx) => Promise<T>): Promise<T> {
    const done = await guarded(() =>
      this.db.transaction('rw', this.db.tables, async () => {
        const log = await LogWriter.open(this.db, env);
        const tx = new TrailTx(this.db, env, log);
        const result = await work(tx);
        tx.checkNamed();
        await log.close();
        return { result, head: log.moved ? log.head : null };
      }),
    );
    if (done.head !== null) await this.mirror(env, done.head);
    return done.result;
  }

  /** The entry is stored whatever the mirror does; that it failed is kept for Diagnostics. */
  protected async mirror(env: CommitEnv, head: Head): Promise<void> {
    try {
      await this.headMirror?.(head);
    } catch (error) {
      const detail = error instanceof Error ? error.name : 'unknown';
      await this.addProblem({ at: env.now(), code: 'head-mirror-failed', detail });
    }
  }

  /** Closes the connection; later calls fail with `closed`. */
  close(): void {
    this.db.close({ disableAutoOpen: true });
  }
}

/** Opens (and creates) the database; it is opened with the first call. */
export function openStore(name?: string): Store {
  return new Store(name);
}
