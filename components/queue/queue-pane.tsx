import type { ReviewItem } from '../../lib/domain/item.ts';
import { panelActions, usePanel } from '../../lib/view/panel-store.ts';
import type { QueueSection } from '../../lib/view/queue-sections.ts';
import { useServices } from '../../lib/view/services.ts';
import { useCounts } from '../../lib/view/use-counts.ts';
import type { Live } from '../../lib/view/use-live.ts';
import { useThisTab } from '../../lib/view/use-this-tab.ts';
import { useUnseenPages } from '../../lib/view/use-unseen-pages.ts';
import { HandOverAll } from './hand-over-all.tsx';
import { QueueList } from './queue-list.tsx';
import { ReloadNeeded } from './reload-needed.tsx';
import { ThisTab } from './this-tab.tsx';

interface Props {
  queue: Live<readonly QueueSection[]>;
  /** The same items as one list, in the order shown. */
  items: readonly ReviewItem[];
  hasSites: boolean;
  focusKey: string | null;
}

/** The queue with the line about the tab beside it. */
export function QueuePane({ queue, items, hasSites, focusKey }: Props) {
  const { call, host } = useServices();
  const openItemId = usePanel((state) => state.openItemId);
  const counts = useCounts();
  const tab = useThisTab(items);
  const unseen = useUnseenPages();
  const review = async (outputId: string) => {
    const { itemId } = await call('output.review', { outputId });
    panelActions.openItem(itemId);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ThisTab
        items={tab.items}
        outputs={tab.outputs}
        onOpen={panelActions.openItem}
        onReview={review}
      />
      <HandOverAll items={items} />
      <ReloadNeeded pages={unseen} tabId={tab.tabId} onReload={host.reloadTab} />
      <QueueList
        queue={queue}
        hasSites={hasSites}
        waiting={counts?.waiting ?? 0}
        decidedToday={counts?.decidedToday ?? 0}
        openItemId={openItemId}
        focusKey={focusKey}
        onOpen={panelActions.openItem}
        onChooseSites={() => host.openOptions('sites')}
        onRetry={() => location.reload()}
      />
    </div>
  );
}
