import type { Assessment, Source } from '../domain/assessment.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { Store } from '../store/store.ts';

/** What the screens read from the store: never its writes. Stories hand in fixtures. */
export type StoreReads = Pick<
  Store,
  | 'queueItems'
  | 'item'
  | 'assessmentFor'
  | 'sourcesFor'
  | 'outputById'
  | 'unusedOutputsOfTab'
  | 'contentsFor'
  | 'counts'
  | 'historyPage'
  | 'entry'
  | 'people'
  | 'sites'
  | 'head'
  | 'syncState'
  | 'contentExample'
  | 'contentSyncState'
  | 'witnessed'
  | 'problems'
  | 'exportLines'
  | 'verify'
>;

/** All that is known of one item, read together so that the parts belong to one version. */
export interface ItemView {
  item: ReviewItem;
  assessment: Assessment | null;
  sources: readonly Source[];
  output: Output | null;
}
