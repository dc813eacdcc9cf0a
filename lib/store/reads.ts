import { Dexie } from 'dexie';
import type { Assessment, Source } from '../domain/assessment.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Head } from '../audit/leaf.ts';
import type { DeviceVerdict } from '../audit/verify-logs.ts';
import { decidedKey, WAITING } from './counters.ts';
import {
  entryAt,
  historyPage,
  type Entry,
  type HistoryPage,
  type HistoryQuery,
} from './history.ts';
import type {
  CaseActRow,
  ContentRow,
  ContentSyncState,
  CursorRow,
  EffectRow,
  EventRow,
  OutputRow,
  ProblemRow,
  SyncState,
} from './rows.ts';
import type { CountersignDb } from './schema.ts';
import { checkTrail, type CheckOptions } from './check.ts';
import type { ContentLevel } from '../domain/content-level.ts';
import {
  contentExample,
  contentSyncState,
  unsentContents,
  type UnsentContents,
} from './content-outbox.ts';
import { asStoreError, guarded } from './errors.ts';
import { exportLines, type ExportOptions } from './export.ts';
import { itemTrail, outputEntry } from './item-trail.ts';
import { IDLE, unsynced, type Unsynced } from './sync-log.ts';

/** Numbers of the panel's footer, kept with each write. */
export interface Counts {
  /** Items a person still has to decide. */
  waiting: number;
  decidedToday: number;
  /** Entries that the endpoint has not acknowledged. */
  unsynced: number;
}

/** Sending as it stands: the state and the cursor of each log. */
export interface SyncStatus extends SyncState {
  cursors: CursorRow[];
}

/** The store's queries. Each is one plain read, so it can stand in a live query. */
export class StoreReads {
  protected readonly db: CountersignDb;

  constructor(db: CountersignDb) {
    this.db = db;
  }

  /** Open items: pending, escalated, deferred; in each the highest risk, then the oldest first. */
  async queueItems(limit: number): Promise<ReviewItem[]> {
    return guarded(() => this.db.items.orderBy('[rank+createdAt]').limit(limit).toArray());
  }

  async item(id: string): Promise<ReviewItem | undefined> {
    return guarded(() => this.db.items.get(id));
  }

  /** Items whose composer is this one, newest first. */
  async itemsByComposer(composerId: string): Promise<ReviewItem[]> {
    return guarded(async () => {
      const rows = await this.db.items.where('place.composerId').equals(composerId).toArray();
      return rows.sort((a, b) => b.createdAt - a.createdAt);
    });
  }

  /** Items that changed at `at` or later. */
  async itemsChangedSince(at: number): Promise<ReviewItem[]> {
    return guarded(() => this.db.items.where('updatedAt').aboveOrEqual(at).toArray());
  }

  async assessmentFor(itemId: string, version: number): Promise<Assessment | undefined> {
    return guarded(async () => (await this.db.assessments.get([itemId, version]))?.assessment);
  }

  async sourcesFor(itemId: string): Promise<Source[]> {
    return guarded(async () => (await this.db.sources.get(itemId))?.sources ?? []);
  }

  async outputById(id: string): Promise<OutputRow | undefined> {
    return guarded(() => this.db.outputs.get(id));
  }

  /** Outputs that ended at `at` or later, oldest first. */
  async outputsSince(at: number): Promise<OutputRow[]> {
    return guarded(() => this.db.outputs.where('at').aboveOrEqual(at).toArray());
  }

  /** Of the newest `limit` outputs of one tab those that never became an item, newest first. */
  async unusedOutputsOfTab(tabId: number, limit: number): Promise<OutputRow[]> {
    return guarded(() =>
      this.db.transaction('r', [this.db.outputs, this.db.items], async () => {
        const newest = await this.db.outputs
          .where('[tabId+at]')
          .between([tabId, Dexie.minKey], [tabId, Dexie.maxKey])
          .reverse()
          .limit(limit)
          .toArray();
        const items = await this.db.items
          .where('outputId')
          .anyOf(newest.map(({ id }) => id))
          .toArray();
        const used = new Set(items.map(({ outputId }) => outputId));
        return newest.filter(({ id }) => !used.has(id));
      }),
    );
  }

  /** Texts of an item, oldest first. */
  async contentsFor(itemId: string): Promise<ContentRow[]> {
    return guarded(() => this.db.contents.where('itemId').equals(itemId).sortBy('at'));
  }

  async effect(decisionId: string): Promise<EffectRow | undefined> {
    return guarded(() => this.db.effects.get(decisionId));
  }

  /** Effects in one state: after a wake, the `pending` ones are asked about in the page. */
  async effectsIn(state: EffectRow['state']): Promise<EffectRow[]> {
    return guarded(() => this.db.effects.where('state').equals(state).toArray());
  }

  /** What the collector is still to be told of escalations, oldest first. */
  async caseOutbox(): Promise<CaseActRow[]> {
    return guarded(() => this.db.caseOutbox.toArray());
  }

  /** Open items that are, or wait for, cases of the team. */
  async openCases(): Promise<ReviewItem[]> {
    return guarded(() =>
      this.db.items
        .orderBy('[rank+createdAt]')
        .filter((item) => item.case !== undefined)
        .toArray(),
    );
  }

  async ownGrams(): Promise<Uint32Array> {
    return guarded(async () => (await this.db.grams.get('own'))?.grams ?? new Uint32Array());
  }

  /** Read from kept counters; `now` says which day is today. */
  async counts(now: number): Promise<Counts> {
    return guarded(() =>
      this.db.transaction('r', [this.db.counters, this.db.heads, this.db.cursors], async () => {
        const waiting = await this.db.counters.get(WAITING);
        const decided = await this.db.counters.get(decidedKey(now));
        const acked = new Map(
          (await this.db.cursors.toArray()).map((row) => [row.logid, row.ackedSeq]),
        );
        let unsynced = 0;
        for (const head of await this.db.heads.toArray()) {
          unsynced += Math.max(0, head.seq - (acked.get(head.logid) ?? -1));
        }
        return { waiting: waiting?.value ?? 0, decidedToday: decided?.value ?? 0, unsynced };
      }),
    );
  }

  /** One page of History, newest first; see `HistoryQuery`. */
  async historyPage(query: HistoryQuery): Promise<HistoryPage> {
    return guarded(() => historyPage(this.db, query));
  }

  /** One entry with the texts it names that are still here. */
  async entry(logid: string, seq: number): Promise<Entry | null> {
    return guarded(() => entryAt(this.db, logid, seq));
  }

  /** Everyone who decided something, in alphabetical order. */
  async people(): Promise<string[]> {
    return this.#names('person');
  }

  /** Every site on which something was decided or sent. */
  async sites(): Promise<string[]> {
    return this.#names('site');
  }

  async #names(kind: 'person' | 'site'): Promise<string[]> {
    return guarded(async () => {
      const rows = await this.db.names
        .where('[kind+name]')
        .between([kind, Dexie.minKey], [kind, Dexie.maxKey])
        .toArray();
      return rows.map((row) => row.name);
    });
  }

  /** The end of the current log; null before the first entry. */
  async head(): Promise<Head | null> {
    return guarded(async () => {
      const row = await this.db.heads.where('current').equals(1).first();
      return row === undefined ? null : { logid: row.logid, seq: row.seq, hash: row.hash };
    });
  }

  async syncState(): Promise<SyncStatus> {
    return guarded(() =>
      this.db.transaction('r', [this.db.sync, this.db.cursors], async () => {
        const row = await this.db.sync.get('state');
        const { key: _key, ...state } = { ...IDLE, key: 'state', ...row };
        return { ...state, cursors: await this.db.cursors.toArray() };
      }),
    );
  }

  /** The highest entry of each log that someone else signed for, by log. */
  async witnessed(): Promise<ReadonlyMap<string, number>> {
    // Keys come in their order: of each log the highest is set last.
    return guarded(async () => new Map(await this.db.receipts.toCollection().primaryKeys()));
  }

  /** What to send next; see `sync-log.ts`. */
  async unsynced(limit: number, maxBytes: number): Promise<Unsynced | null> {
    return guarded(() => unsynced(this.db, limit, maxBytes));
  }

  /** Texts to send next; see `content-outbox.ts`. */
  async unsentContents(level: ContentLevel, limit: number): Promise<UnsentContents | null> {
    return guarded(() => unsentContents(this.db, level, limit));
  }

  /** How sending texts stands. */
  async contentSyncState(): Promise<ContentSyncState> {
    return guarded(() => contentSyncState(this.db));
  }

  /** A real decision with its texts, to show what leaves; see `content-outbox.ts`. */
  async contentExample() {
    return guarded(() => contentExample(this.db));
  }

  /** All entries of an item; see `item-trail.ts`. */
  async itemTrail(itemId: string): Promise<EventRow[]> {
    return guarded(() => itemTrail(this.db, itemId));
  }

  /** The entry that tells of an output; see `item-trail.ts`. */
  async outputEntry(outputId: string, until: number): Promise<EventRow | undefined> {
    return guarded(() => outputEntry(this.db, outputId, until));
  }

  /** Checks the whole trail on this device; long, cancellable, and blocks no writer. */
  async verify(options: CheckOptions): Promise<DeviceVerdict> {
    return guarded(() => checkTrail(this.db, options));
  }

  /** The trail as JSON lines (add a line break to each); see `export.ts`. */
  async *exportLines(options: ExportOptions): AsyncGenerator<string> {
    try {
      yield* exportLines(this.db, options);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** The last errors, newest first. */
  async problems(): Promise<ProblemRow[]> {
    return guarded(() => this.db.problems.orderBy('id').reverse().toArray());
  }
}
