import { CircleCheckBig, Globe, Database } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../../lib/domain/item.ts';
import type { QueueSection } from '../../lib/view/queue-sections.ts';
import type { Live } from '../../lib/view/use-live.ts';
import { QUEUE_LIMIT } from '../../lib/view/use-queue.ts';
import { useItemWords } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { VirtualGrid } from '../ui/virtual-grid.tsx';
import { QueueRow } from './queue-row.tsx';

interface Props {
  queue: Live<readonly QueueSection[]>;
  /** Whether any site was chosen; without one the queue can only be empty. */
  hasSites: boolean;
  waiting: number;
  decidedToday: number;
  openItemId: string | null;
  focusKey: string | null;
  onOpen: (itemId: string) => void;
  onChooseSites: () => void;
  onRetry: () => void;
}

/** The queue in each of its states: loading, trouble, first use, all clear, rows. */
export function QueueList(props: Props) {
  const { t } = useTranslation('panel');
  const words = useItemWords();
  const { queue } = props;
  if (queue.state === 'loading') return <Skeleton label={t('queue.loading')} rows={5} />;
  if (queue.state === 'trouble')
    return (
      <Empty
        Icon={Database}
        title={t('queue.storeTrouble')}
        actions={<Button onClick={props.onRetry}>{t('queue.retry')}</Button>}
      >
        {t('queue.storeTroubleDetail', { why: t(`storeProblem.${queue.code}`) })}
      </Empty>
    );
  const total = queue.value.reduce((sum, section) => sum + section.items.length, 0);
  if (total === 0 && !props.hasSites)
    return (
      <Empty
        Icon={Globe}
        title={t('queue.firstUse')}
        actions={
          <Button look="primary" onClick={props.onChooseSites}>
            {t('queue.chooseSites')}
          </Button>
        }
      >
        {t('queue.firstUseDetail')}
      </Empty>
    );
  if (total === 0)
    return (
      <Empty Icon={CircleCheckBig} title={t('queue.clear')}>
        {props.decidedToday === 0
          ? t('queue.clearNone')
          : t('queue.clearDetail', { count: props.decidedToday })}
      </Empty>
    );
  const all = Math.max(total, props.waiting);
  return (
    <VirtualGrid<ReviewItem>
      label={t('queue.grid')}
      sections={queue.value.map((section) => ({
        id: section.id,
        label: t(`queue.sections.${section.id}`),
        rows: section.items,
      }))}
      rowCount={total}
      keyOf={(item) => item.id}
      nameOf={(item, position) => words.rowName(item, position, total)}
      render={(item) => <QueueRow item={item} />}
      onOpen={(item) => props.onOpen(item.id)}
      current={props.openItemId}
      focusKey={props.focusKey}
      footer={
        all > total && total >= QUEUE_LIMIT ? (
          <p className="px-3 py-2 text-xs text-muted">
            {t('queue.capped', { shown: total, count: all })}
          </p>
        ) : null
      }
    />
  );
}
