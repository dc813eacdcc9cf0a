import { useEffect, useState } from 'react';
import type { ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { ActiveTab } from './browser-host.ts';
import { useServices } from './services.ts';
import { liveOr, useLive } from './use-live.ts';
import { useLiveDocuments } from './use-live-documents.ts';

/** Outputs of the tab that are offered for review. */
const OUTPUTS = 5;

/** Words from which an answer that only the wire showed is taken for one; titles are shorter. */
const LEAST_WORDS = 8;

/** Whether a person saw it as an answer: titles and summaries that an app makes aside are none. */
function isAnswer({ text, evidence }: Output): boolean {
  if (evidence.some((kind) => kind !== 'network')) return text !== '';
  return text.split(/\s+/u).filter((word) => word !== '').length >= LEAST_WORDS;
}

/** The tab beside the panel, with the open items of what it shows now and the newest outputs of which no item was made. */
export function useThisTab(items: readonly ReviewItem[]) {
  const { host, reads } = useServices();
  const [tab, setTab] = useState<ActiveTab | null>(null);
  useEffect(() => host.watchActiveTab(setTab), [host]);
  const tabId = tab?.tabId ?? null;
  const rows = liveOr(
    useLive(
      async () => (tabId === null ? [] : reads.unusedOutputsOfTab(tabId, OUTPUTS)),
      [reads, tabId],
    ),
    [],
  );
  const own = items.filter((item) => item.place?.tabId === tabId);
  const live = useLiveDocuments(own.flatMap(({ place }) => place ?? []));
  return {
    tabId,
    // Items of pages that the tab has left stay in the queue; they are no drafts of this tab.
    items: own.filter(({ place }) => place !== null && live?.has(place.documentId) === true),
    outputs: rows.map((row) => row.output).filter(isAnswer),
  };
}
