import * as z from 'zod/mini';
import { reasonCode } from '../domain/decision.ts';
import type { ReviewItem } from '../domain/item.ts';
import type { Entry } from '../store/history.ts';
import type { EventRow } from '../store/rows.ts';
import type { EntryRef } from './panel-store.ts';
import { useServices } from './services.ts';
import { useLive, type Live } from './use-live.ts';

/** Most entries of one item's timeline. */
const TIMELINE = 200;

/** What a decision event says besides ids and commitments; parts that are not there stay out. */
const decisionData = z.object({
  reasons: z.optional(z.array(reasonCode)),
  visibleMs: z.optional(z.number()),
  openMs: z.optional(z.number()),
});

/** An entry with the texts by their field, its data read, and the timeline of its item. */
export interface EntryView {
  entry: Entry;
  /** The item it belongs to; null when it belongs to none or that is not here. */
  item: ReviewItem | null;
  texts: ReadonlyMap<string, string>;
  data: z.infer<typeof decisionData>;
  /** Oldest first. */
  timeline: readonly EventRow[];
}

/** One entry of the trail; null when it is not here. */
export function useEntry({ logid, seq }: EntryRef): Live<EntryView | null> {
  const { reads } = useServices();
  return useLive(async () => {
    const entry = await reads.entry(logid, seq);
    if (entry === null) return null;
    const { itemId } = entry.row;
    const page =
      itemId === ''
        ? null
        : await reads.historyPage({ before: null, limit: TIMELINE, filter: { itemId } });
    const data = decisionData.safeParse(entry.event?.data);
    return {
      entry,
      item: itemId === '' ? null : ((await reads.item(itemId)) ?? null),
      texts: new Map(entry.contents.map((content) => [content.field, content.text])),
      data: data.success ? data.data : {},
      timeline: [...(page?.rows ?? [])].reverse(),
    };
  }, [reads, logid, seq]);
}
