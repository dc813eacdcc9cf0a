import { buildEvent, type Actor } from '../audit/event-build.ts';
import { leafHash, ZERO_HASH, type Head } from '../audit/leaf.ts';
import type { EventDraft, Json, StoredEvent } from '../domain/event.ts';
import { addTo, decidedBy, decidedKey } from './counters.ts';
import { OUTCOMES, type EventRow } from './rows.ts';
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
export type StartReason = 'install' | 'wipe-detected';

/** Writes the end of the current log. Lives inside one transaction. */
export class LogWriter {
  readonly #db: CountersignDb;
  readonly #env: CommitEnv;
  #head: Head | null;
  /** Set once this transaction appended: the head to store and to mirror. */
  #moved = false;

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
    return this.#moved;
  }

  /** Begins a new log; `previous` links the one before, so that a loss leaves a scar. */
  async start(reason: StartReason, previous: Head | null): Promise<void> {
    await this.#db.heads
      .where('current')
      .equals(1)
      .modify((row) => delete row.current);
    const logid = this.#env.uuid();
    this.#head = null;
    await this.#db.heads.put({
      logid,
      seq: -1,
      hash: ZERO_HASH,
      current: 1,
      startedAt: this.#env.now(),
      previous,
    });
    this.#head = { logid, seq: -1, hash: ZERO_HASH };
    const link: Json = previous === null ? null : { ...previous };
    await this.#add(
      {
        type: 'log.started',
        itemId: '',
        traceId: '',
        causationId: '',
        data: { version: this.#env.extensionVersion, reason, previous: link },
      },
      '',
      { name: '', declared: false },
    );
  }

  /** Chains an event to the head. Starts a log when there is none. */
  async append(draft: EventDraft, siteId: string): Promise<StoredEvent> {
    if (this.#head === null) await this.start('install', null);
    return this.#add(draft, siteId, this.#env.actor);
  }

  /** Stores the moved head. The last write of a transaction. */
  async close(): Promise<void> {
    if (!this.#moved || this.#head === null) return;
    const { logid, seq, hash } = this.#head;
    await this.#db.heads.update(logid, { seq, hash });
  }

  async #add(draft: EventDraft, siteId: string, actor: Actor): Promise<StoredEvent> {
    const before = this.#head;
    if (before === null) throw new Error('A log begins before its first entry');
    // No await from reading the head to moving it: appends in one transaction can't cross.
    const { logid } = before;
    const seq = before.seq + 1;
    const id = this.#env.uuid();
    const time = this.#env.now();
    const place = { logid, seq, prevHash: before.hash, id, time, actor, siteId };
    const raw = buildEvent(draft, place);
    const hash = leafHash(raw);
    this.#head = { logid, seq, hash };
    this.#moved = true;

    const { type, itemId } = draft;
    const event: StoredEvent = {
      logid,
      seq,
      raw,
      hash,
      id,
      type,
      itemId,
      actor: actor.name,
      siteId,
      time,
    };
    const outcome = OUTCOMES[type];
    const row: EventRow = outcome === undefined ? event : { ...event, outcome, shown: 1 };
    await this.#db.events.add(row);
    await addTo(this.#db, decidedKey(time), decidedBy(type));
    if (outcome !== undefined) await this.#remember(actor.name, siteId);
    return event;
  }

  /** Keeps the names that History can be filtered by. */
  async #remember(actor: string, siteId: string): Promise<void> {
    const names = [
      { kind: 'person' as const, name: actor },
      { kind: 'site' as const, name: siteId },
    ];
    for (const row of names) {
      if (row.name === '') continue;
      const known = await this.#db.names.get([row.kind, row.name]);
      if (known === undefined) await this.#db.names.add(row);
    }
  }
}
