import { useServices } from './services.ts';
import type { ItemView } from './store-reads.ts';
import { useLive, type Live } from './use-live.ts';

/** One item with the assessment of its newest version, its sources and its output; null when erased. */
export function useItem(itemId: string): Live<ItemView | null> {
  const { reads } = useServices();
  return useLive(async () => {
    const item = await reads.item(itemId);
    if (item === undefined) return null;
    const [assessment, sources, row] = await Promise.all([
      reads.assessmentFor(item.id, item.version),
      reads.sourcesFor(item.id),
      reads.outputById(item.outputId),
    ]);
    return { item, assessment: assessment ?? null, sources, output: row?.output ?? null };
  }, [reads, itemId]);
}
