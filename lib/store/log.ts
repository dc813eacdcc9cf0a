import { buildEvent, type Actor } from '../audit/event-build.ts';
import { leafHash, ZERO_HASH, type Head } from '../audit/leaf.ts';
import type { EventDraft, Json, StoredEvent } from '../domain/event.ts';
import { addTo, decidedBy, decidedKey } from './counters.ts';
import { OUTCOMES, type EventRow, type HeadRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';

/** What a write needs from outside; tests hand in their own. */
export interface CommitEnv {
  /** Wall clock, milliseconds since 1970. */
  now(): number;
  /** A new UUID; logs and events are named by it. */
  uuid(): string;
  randomBytes(length: number): Uint8Array;
  /** Who acts in this commit; name '' for the extension itself. */
  actor: Actor;
  extensionVersion: string;
}

/** Why a log begins. */
export type StartReason = 'install' | 'wipe-detected' | 'sync-stopped';

/**
 * Writes the end of the current log. Lives inside one transaction: it chains in memory, so appends
 * can't cross, and `close` writes everything at once.
 */
export class LogWriter {
  readonly #db: CountersignDb;
  readonly #env: CommitEnv;
  #head: Head | null;
  /** The log begun in this transaction. */
  #started: HeadRow | null = null;
  readonly #rows: EventRow[] = [];

  private constructor(db: CountersignDb, env: CommitEnv, head: Head | null) {
    this.#db = db;
    this.#env = env;
    this.#head = head;
  }

  static async open(db: CountersignDb, env: CommitEnv): Promise<LogWriter> {
    const row = await db.heads.where('current').equals(1).first();
    const head = row === undefined ? null : { logid: row.logid, seq: row.seq, hash: row.hash };
    return new LogWriter(db, env, head);
  }

  /** The head after what this transaction appended; null when there is no log. */
  get head(): Head | null {
    return this.#head;
  }

  /** Whether this transaction appended anything. */
  get moved(): boolean {
    return this.#rows.length > 0;
  }

  /** Begins a new log; `previous` links the one before, so that a loss leaves a scar. */
  start(reason: StartReason, previous: Head | null): void {
    const logid = this.#env.uuid();
    const head = { logid, seq: -1, hash: ZERO_HASH };
    this.#head = head;
    this.#started = { ...head, current: 1, startedAt: this.#env.now(), previous };
    const link: Json = previous === null ? null : { ...previous };
    const data = { version: this.#env.extensionVersion, reason, previous: link };
    const draft = { type: 'log.started' as const, itemId: '', traceId: '', causationId: '', data };
    this.#add(head, draft, '', { name: '', declared: false });
  }

  /** Chains an event to the head. Starts a log when there is none. Throws `EventLimitError`. */
  append(draft: EventDraft, siteId: string): StoredEvent {
    if (this.#head === null) this.start('install', null);
    if (this.#head === null) throw new Error('A log begins before its first entry');
    return this.#add(this.#head, draft, siteId, this.#env.actor);
  }

  /** Stores what was appended. The last write of a transaction. */
  async close(): Promise<void> {
    const head = this.#head;
    if (head === null || this.#rows.length === 0) return;
    if (this.#started !== null) {
      await this.#db.heads
        .where('current')
        .equals(1)
        .modify((row) => delete row.current);
      await this.#db.heads.add(this.#started);
    }
    await this.#db.events.bulkAdd(this.#rows);
    await this.#count();
    await this.#remember();
    await this.#db.heads.update(head.logid, { seq: head.seq, hash: head.hash });
  }

  #add(before: Head, draft: EventDraft, siteId: string, actor: Actor): StoredEvent {
    const { logid } = before;
    const seq = before.seq + 1;
    const id = this.#env.uuid();
    const time = this.#env.now();
    const raw = buildEvent(draft, { logid, seq, prevHash: before.hash, id, time, actor, siteId });
    const hash = leafHash(raw);
    const { type, itemId } = draft;
    const row = { logid, seq, raw, hash, id, type, itemId, actor: actor.name, siteId, time };
    const outcome = OUTCOMES[type];
    this.#rows.push(outcome === undefined ? row : { ...row, outcome, shown: 1 });
    this.#head = { logid, seq, hash };
    return row;
  }

  /** Keeps the number of decisions of each day. */
  async #count(): Promise<void> {
    const changes = new Map<string, number>();
    for (const { type, time } of this.#rows) {
      const change = type === 'unknown' ? 0 : decidedBy(type);
      const key = decidedKey(time);
      if (change !== 0) changes.set(key, (changes.get(key) ?? 0) + change);
    }
    for (const [key, change] of changes) await addTo(this.#db, key, change);
  }

  /** Keeps the names that History can be filtered by. */
  async #remember(): Promise<void> {
    const shown = this.#rows.filter((row) => row.shown === 1);
    const names = { person: shown.map((row) => row.actor), site: shown.map((row) => row.siteId) };
    for (const kind of ['person', 'site'] as const) {
      for (const name of new Set(names[kind])) {
        if (name === '') continue;
        const known = await this.#db.names.get([kind, name]);
        if (known === undefined) await this.#db.names.add({ kind, name });
      }
    }
  }
}
