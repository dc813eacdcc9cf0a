import { Dexie } from 'dexie';
import { bytesToHex } from '@noble/hashes/utils.js';
import { commitmentOf, commitmentsIn, SALT_BYTES } from '../audit/commitment.ts';
import type { Assessment, Source } from '../domain/assessment.ts';
import type { EventDraft, StoredEvent } from '../domain/event.ts';
import type { ReviewItem } from '../domain/item.ts';
import { eraseContents, type Erased } from './content-erase.ts';
import { addTo, rankOf, WAITING } from './counters.ts';
import type { CommitEnv, LogWriter } from './log.ts';
import type { CaseActRow, EffectRow, OutputRow } from './rows.ts';
import type { CountersignDb } from './schema.ts';
import { SEEN_FIELD, type SeenAtDecision } from './seen.ts';

/** Word pairs remembered as sent once. */
const MAX_ONCE = 200_000;

/** What an event says of a text: it was exactly this, and so long (UTF-16 units). */
export interface Committed {
  commitment: string;
  length: number;
}

/**
 * All writing of the product, valid only inside one `Store.commit`. Await nothing else in there:
 * the browser ends a transaction that is left idle.
 */
export class TrailTx {
  readonly #db: CountersignDb;
  readonly #env: CommitEnv;
  readonly #log: LogWriter;
  readonly #unnamed = new Map<string, string>();

  constructor(db: CountersignDb, env: CommitEnv, log: LogWriter) {
    this.#db = db;
    this.#env = env;
    this.#log = log;
  }

  /**
   * Appends to the trail. The event's site is `data.siteId` when that is a text, else the site of
   * its item (put the item first). Throws `EventLimitError`.
   */
  append(draft: EventDraft): Promise<StoredEvent> {
    const named = draft.data['siteId'];
    // Dexie's own promise: it forgets its transaction after 100 native awaits in a row.
    const site =
      typeof named === 'string'
        ? Dexie.Promise.resolve(named)
        : this.#db.items.get(draft.itemId).then((item) => item?.siteId ?? '');
    return site.then((siteId) => {
      for (const commitment of commitmentsIn(draft.data)) this.#unnamed.delete(commitment);
      return this.#log.append(draft, siteId);
    });
  }

  /** Stores a text a person could read; an event of the same commit must name the commitment. */
  async content(itemId: string, field: string, version: number, text: string): Promise<Committed> {
    const salt = this.#env.randomBytes(SALT_BYTES);
    const whole = text.toWellFormed();
    const commitment = commitmentOf(field, salt, whole);
    this.#unnamed.set(commitment, field);
    await this.#db.contents.add({
      commitment,
      itemId,
      field,
      version,
      text: whole,
      salt: bytesToHex(salt),
      at: this.#env.now(),
    });
    return { commitment, length: whole.length };
  }

  /** Stores what the person saw when deciding, as content of the item. */
  async seen(itemId: string, version: number, seen: SeenAtDecision): Promise<Committed> {
    return this.content(itemId, SEEN_FIELD, version, JSON.stringify(seen));
  }

  /** Erases texts of what is long over; see `content-erase.ts`. */
  async erase(how: { before: number; onlyAcked: boolean }): Promise<Erased> {
    return eraseContents(this.#db, how);
  }

  readonly items = {
    get: async (id: string): Promise<ReviewItem | undefined> => this.#db.items.get(id),
    /** Items whose composer is this one, newest first. */
    byComposer: async (composerId: string): Promise<ReviewItem[]> => {
      const rows = await this.#db.items.where('place.composerId').equals(composerId).toArray();
      return rows.sort((a, b) => b.createdAt - a.createdAt);
    },
    put: async (item: ReviewItem): Promise<void> => {
      const before = await this.#db.items.get(item.id);
      const was = before === undefined ? null : rankOf(before);
      const rank = rankOf(item);
      const { rank: _, ...bare }: ReviewItem & { rank?: number } = item;
      await this.#db.items.put(rank === null ? bare : { ...bare, rank });
      await addTo(this.#db, WAITING, Number(rank !== null) - Number(was !== null));
    },
  };

  readonly effects = {
    get: async (decisionId: string): Promise<EffectRow | undefined> =>
      this.#db.effects.get(decisionId),
    put: async (row: EffectRow): Promise<void> => {
      await this.#db.effects.put(row);
    },
  };

  /** What the collector is to be told of escalations; one act per case, the newest counts. */
  readonly caseOutbox = {
    get: async (caseId: string): Promise<CaseActRow | undefined> => this.#db.caseOutbox.get(caseId),
    put: async (row: CaseActRow): Promise<void> => {
      await this.#db.caseOutbox.put(row);
    },
    delete: async (caseId: string): Promise<void> => {
      await this.#db.caseOutbox.delete(caseId);
    },
  };

  readonly assessments = {
    get: async (itemId: string, version: number): Promise<Assessment | undefined> =>
      (await this.#db.assessments.get([itemId, version]))?.assessment,
    put: async (itemId: string, version: number, assessment: Assessment): Promise<void> => {
      await this.#db.assessments.put({ itemId, version, assessment });
    },
  };

  readonly sources = {
    get: async (itemId: string): Promise<Source[]> =>
      (await this.#db.sources.get(itemId))?.sources ?? [],
    put: async (itemId: string, sources: Source[]): Promise<void> => {
      await this.#db.sources.put({ itemId, sources });
    },
  };

  readonly outputs = {
    get: async (id: string): Promise<OutputRow | undefined> => this.#db.outputs.get(id),
    put: async (row: OutputRow): Promise<void> => {
      await this.#db.outputs.put(row);
    },
    /** Deletes outputs older than `before` that no item came from; returns their ids. */
    prune: async (before: number): Promise<string[]> => {
      const old = await this.#db.outputs.where('at').below(before).primaryKeys();
      const used = new Set(
        (await this.#db.items.where('outputId').anyOf(old).toArray()).map((item) => item.outputId),
      );
      const gone = old.filter((id) => !used.has(id));
      await this.#db.outputs.bulkDelete(gone);
      return gone;
    },
  };

  /** Word pairs that people here typed themselves. */
  readonly grams = {
    get: async (): Promise<Uint32Array> =>
      (await this.#db.grams.get('own'))?.grams ?? new Uint32Array(),
    put: async (grams: Uint32Array): Promise<void> => {
      await this.#db.grams.put({ key: 'own', grams });
    },
    /**
     * Counts a reply that people here wrote and sent themselves: pairs sent a second time become their
     * own phrases. Returns those.
     */
    sent: async (grams: Uint32Array): Promise<Uint32Array> => {
      const once = new Set((await this.#db.grams.get('once'))?.grams);
      const own = new Set(await this.grams.get());
      const again = grams.filter((gram) => once.has(gram) && !own.has(gram));
      for (const gram of grams) once.add(gram);
      // The newest are the ones that may come again; older ones give way.
      const kept = Uint32Array.from([...once].slice(-MAX_ONCE));
      await this.#db.grams.put({ key: 'once', grams: kept });
      if (again.length > 0) await this.grams.put(Uint32Array.from([...own, ...again]).sort());
      return again;
    },
  };

  /** Throws when a stored text is named by no event: it could be changed without a trace. */
  checkNamed(): void {
    if (this.#unnamed.size === 0) return;
    const fields = [...this.#unnamed.values()].join(', ');
    throw new Error(`No event of this commit names the commitment of: ${fields}`);
  }
}
