import { Dexie, type EntityTable, type Table } from 'dexie';
import { StoreUnavailable } from './errors.ts';
import type {
  AssessmentRow,
  CaseActRow,
  ContentRow,
  ContentSyncState,
  CounterRow,
  CursorRow,
  EffectRow,
  EventRow,
  GramsRow,
  HeadRow,
  ItemRow,
  NameRow,
  OutputRow,
  ProblemRow,
  ReceiptRow,
  SourcesRow,
  SyncState,
} from './rows.ts';

/** The name of the product's database. */
export const DATABASE = 'countersign';

const PAGE = 'time+logid+seq';

/**
 * All versions of the schema, oldest first; a released one is never changed. Upgrades only add.
 *
 * `events`: each set of History filters has an index that ends in the page key, so a page is one
 * range read whatever the filter. Only the few events that History lists have `shown`/`outcome` and
 * so stand in these indices.
 */
const VERSIONS: readonly { [table: string]: string }[] = [
  {
    events: [
      '[logid+seq]',
      `[itemId+${PAGE}]`,
      `[shown+${PAGE}]`,
      `[shown+actor+${PAGE}]`,
      `[outcome+${PAGE}]`,
      `[shown+siteId+${PAGE}]`,
      `[outcome+actor+${PAGE}]`,
      `[outcome+siteId+${PAGE}]`,
      `[shown+actor+siteId+${PAGE}]`,
      `[outcome+actor+siteId+${PAGE}]`,
    ].join(','),
    heads: 'logid,current',
    items: 'id,[rank+createdAt],outputId,place.composerId,updatedAt',
    contents: 'commitment,itemId',
    outputs: 'id,at,[tabId+at]',
    assessments: '[itemId+version]',
    sources: 'itemId',
    effects: 'decisionId,itemId,state',
    sync: 'key',
    cursors: 'logid',
    receipts: '[logid+seq]',
    problems: '++id',
    counters: 'key',
    names: '[kind+name]',
    grams: 'key',
  },
  { contentSync: 'key' },
  { caseOutbox: 'caseId' },
];

/** The tables. Only files of this folder touch them. */
export class CountersignDb extends Dexie {
  declare readonly events: Table<EventRow, [string, number]>;
  declare readonly heads: EntityTable<HeadRow, 'logid'>;
  declare readonly items: EntityTable<ItemRow, 'id'>;
  declare readonly contents: EntityTable<ContentRow, 'commitment'>;
  declare readonly outputs: EntityTable<OutputRow, 'id'>;
  declare readonly assessments: Table<AssessmentRow, [string, number]>;
  declare readonly sources: EntityTable<SourcesRow, 'itemId'>;
  declare readonly effects: EntityTable<EffectRow, 'decisionId'>;
  declare readonly sync: Table<SyncState & { key: 'state' }, string>;
  declare readonly cursors: EntityTable<CursorRow, 'logid'>;
  declare readonly receipts: Table<ReceiptRow, [string, number]>;
  declare readonly problems: EntityTable<ProblemRow, 'id'>;
  declare readonly counters: EntityTable<CounterRow, 'key'>;
  declare readonly names: Table<NameRow, [string, string]>;
  declare readonly grams: EntityTable<GramsRow, 'key'>;
  declare readonly caseOutbox: EntityTable<CaseActRow, 'caseId'>;
  declare readonly contentSync: Table<ContentSyncState & { key: 'state' }, string>;

  constructor(name: string) {
    // `strict`: a commit that was reported done is on the disk, also after a power cut.
    super(name, { chromeTransactionDurability: 'strict' });
    VERSIONS.forEach((stores, index) => this.version(index + 1).stores(stores));
  }
}

/**
 * Throws `StoreUnavailable` (`newer-version`) when a later version of Countersign wrote this database:
 * Dexie would open it all the same, and an old writer would not keep what the later one added.
 */
export function refuseNewer(db: CountersignDb): void {
  // Dexie keeps its version numbers times ten in the browser.
  if (db.backendDB().version < (VERSIONS.length + 1) * 10) return;
  throw new StoreUnavailable('newer-version', null);
}
