import { FileQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Verb } from '../../lib/domain/decision.ts';
import type { Decider } from '../../lib/domain/transitions.ts';
import { useItem } from '../../lib/view/use-item.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Place } from './review-head.tsx';
import { ReviewScreen } from './review-screen.tsx';

interface Props {
  itemId: string;
  decider: Decider;
  bareKeys: boolean;
  place: Place;
  onDone: (verb: Verb | 'human') => void;
}

/** The item with this id, live from the store, in each of its states. */
export function ReviewDetail({ itemId, ...rest }: Props) {
  const { t } = useTranslation('panel');
  const live = useItem(itemId);
  if (live.state === 'loading') return <Skeleton label={t('detail.loading')} rows={6} />;
  if (live.state === 'ready' && live.value !== null)
    return <ReviewScreen key={itemId} view={live.value} {...rest} />;
  return (
    <Empty
      Icon={FileQuestion}
      title={live.state === 'trouble' ? t('queue.storeTrouble') : t('detail.gone')}
      actions={<Button onClick={rest.place.onBack}>{t('detail.back')}</Button>}
    >
      {live.state === 'trouble'
        ? t('queue.storeTroubleDetail', { why: t(`storeProblem.${live.code}`) })
        : t('detail.goneDetail')}
    </Empty>
  );
}
