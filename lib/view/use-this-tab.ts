import { useEffect, useState } from 'react';
import type { ReviewItem } from '../domain/item.ts';
import type { Output } from '../domain/output.ts';
import type { ActiveTab } from './browser-host.ts';
import { useServices } from './services.ts';
import { liveOr, useLive } from './use-live.ts';

/** Outputs of the tab that are offered for review. */
const OUTPUTS = 5;

/** Words from which an answer that only the wire showed is taken for one; titles are shorter. */
const LEAST_WORDS = 8;

/** Whether a person saw it as an answer: titles and summaries that an app makes aside are none. */
function isAnswer({ text, evidence }: Output): boolean {
  if (evidence.some((kind) => kind !== 'network')) return text !== '';
  return text.split(/\s+/u).filter((word) => word !== '').length >= LEAST_WORDS;
}

/** The tab beside the panel, with its open items and the newest outputs that no item speaks of. */
export function useThisTab(items: readonly ReviewItem[]) {
  const { host, reads } = useServices();
  const [tab, setTab] = useState<ActiveTab | null>(null);
  useEffect(() => host.watchActiveTab(setTab), [host]);
  const tabId = tab?.tabId ?? null;
  const rows = liveOr(
    useLive(async () => (tabId === null ? [] : reads.outputsOfTab(tabId, OUTPUTS)), [reads, tabId]),
    [],
  );
  const used = new Set(items.map((item) => item.outputId));
  return {
    items: items.filter((item) => item.place !== null && item.place.tabId === tabId),
    outputs: rows
      .map((row) => row.output)
      .filter((output) => !used.has(output.id) && isAnswer(output)),
  };
}
