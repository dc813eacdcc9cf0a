import type { Head } from '../audit/leaf.ts';
import type { ContentLevel } from '../domain/content-level.ts';
import { contentsSent, patchContentSync, useContentLevel } from './content-outbox.ts';
import { guarded } from './errors.ts';
import { LogWriter, type CommitEnv } from './log.ts';
import { CountersignDb, DATABASE, refuseNewer } from './schema.ts';
import { StoreReads } from './reads.ts';
import { reconcile, type Reconciled } from './reconcile.ts';
import type { ContentSyncState, ProblemRow, SyncState } from './rows.ts';
import { stopLog, type LogStop } from './stop-log.ts';
import { acknowledge, patchSync, useEndpoint, type AckResult } from './sync-log.ts';
import { TrailTx } from './trail-tx.ts';
import { yieldToOthers, type ConnectionTrouble } from './yield-to-others.ts';

/** Errors kept for Diagnostics. */
const MAX_PROBLEMS = 50;

/**
 * The product's database. Reads are plain queries on it, so a live query sees what they read; all
 * writing goes through `commit`. Everything the browser refuses comes out as `StoreUnavailable`.
 */
export class Store extends StoreReads {
  /** Told the head after each commit that appended, so that it can be kept outside the database. */
  headMirror: ((head: Head) => void | Promise<void>) | null = null;
  /** Told when the database closes under us or waits for another version of us. */
  onTrouble: ((problem: ConnectionTrouble) => void) | null = null;

  constructor(name: string = DATABASE) {
    const db = new CountersignDb(name);
    super(db);
    yieldToOthers(db, (problem) => this.onTrouble?.(problem));
  }

  /**
   * One durable transaction over all tables: either all that `work` wrote is stored, or nothing.
   * What `work` throws comes out unchanged. When this resolves, the writes are on the disk.
   */
  async commit<T>(env: CommitEnv, work: (tx: TrailTx) => Promise<T>): Promise<T> {
    const done = await guarded(() =>
      this.db.transaction('rw', this.db.tables, async () => {
        refuseNewer(this.db);
        const log = await LogWriter.open(this.db, env);
        const tx = new TrailTx(this.db, env, log);
        const result = await work(tx);
        tx.checkNamed();
        await log.close();
        return { result, head: log.moved ? log.head : null };
      }),
    );
    if (done.head !== null) await this.#mirror(env, done.head);
    return done.result;
  }

  /**
   * Compares the trail with the head that was kept outside (see `reconcile.ts`). Call it at each
   * start, before the first commit, with what `headMirror` wrote last.
   */
  async reconcileHead(env: CommitEnv, mirror: Head | null): Promise<Reconciled> {
    const { result, head } = await guarded(() =>
      this.db.transaction('rw', this.db.tables, async () => {
        refuseNewer(this.db);
        return reconcile(this.db, env, mirror);
      }),
    );
    if (head !== null && result !== 'ok') await this.#mirror(env, head);
    return result;
  }

  /** Moves a log's cursor to what the endpoint holds; see `sync-log.ts`. */
  async ack(head: Head, receipt: { text: string; at: number } | null): Promise<AckResult> {
    return guarded(() => acknowledge(this.db, head, receipt));
  }

  /** Changes parts of the sending state. */
  async setSync(patch: Partial<SyncState>): Promise<void> {
    await guarded(() => patchSync(this.db, patch));
  }

  /** Says which endpoint is sent to; see `sync-log.ts`. */
  async useEndpoint(endpoint: string, credential: string): Promise<void> {
    await guarded(() => useEndpoint(this.db, endpoint, credential));
  }

  /**
   * Ends the sending of one log; see `stop-log.ts`. True when a new log was begun, because the
   * stopped one was being written.
   */
  async stopLog(env: CommitEnv, stop: LogStop): Promise<boolean> {
    const head = await guarded(() =>
      this.db.transaction('rw', this.db.tables, async () => {
        refuseNewer(this.db);
        return stopLog(this.db, env, stop);
      }),
    );
    if (head !== null) await this.#mirror(env, head);
    return head !== null;
  }

  /** Says at which level texts leave from now on, and where to; see `content-outbox.ts`. */
  async useContentLevel(endpoint: string, level: ContentLevel): Promise<void> {
    await guarded(() => useContentLevel(this.db, endpoint, level));
  }

  /** Changes parts of how sending texts stands. */
  async setContentSync(patch: Partial<ContentSyncState>): Promise<void> {
    await guarded(() => patchContentSync(this.db, patch));
  }

  /** Texts of a log up to `seq` are held there, or there is nothing to send. */
  async contentsSent(logid: string, seq: number, patch: Partial<ContentSyncState>): Promise<void> {
    await guarded(() => contentsSent(this.db, logid, seq, patch));
  }

  /** Keeps an error for Diagnostics; only the last `MAX_PROBLEMS` stay. No content in `detail`. */
  async addProblem(problem: Omit<ProblemRow, 'id'>): Promise<void> {
    await guarded(() =>
      this.db.transaction('rw', this.db.problems, async () => {
        await this.db.problems.add(problem);
        const ids = await this.db.problems.orderBy('id').primaryKeys();
        await this.db.problems.bulkDelete(ids.slice(0, -MAX_PROBLEMS));
      }),
    );
  }

  /** The entry is stored whatever the mirror does; that it failed is kept for Diagnostics. */
  async #mirror(env: CommitEnv, head: Head): Promise<void> {
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
