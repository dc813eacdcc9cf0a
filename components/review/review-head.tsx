import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemView } from '../../lib/view/store-reads.ts';
import { useItemWords } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { RiskMark } from '../ui/risk-mark.tsx';

/** Where the item stands in the queue, and how to leave it. */
export interface Place {
  position: number;
  total: number;
  onBack: () => void;
  onPrevious: () => void;
  onNext: () => void;
}

/** Way back, place in the queue. */
export function ReviewBar({ place }: { place: Place }) {
  const { t } = useTranslation('panel');
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-2 border-b border-line px-1.5">
      <Button look="quiet" onClick={place.onBack} className="min-[720px]:invisible">
        <ChevronLeft aria-hidden="true" className="size-4" />
        {t('detail.back')}
      </Button>
      {place.position > 0 && (
        <div className="flex items-center">
          <Button look="quiet" aria-label={t('detail.previous')} onClick={place.onPrevious}>
            <ChevronLeft aria-hidden="true" className="size-4" />
          </Button>
          <span className="tabular text-xs text-muted">
            {t('detail.position', { position: place.position, total: place.total })}
          </span>
          <Button look="quiet" aria-label={t('detail.next')} onClick={place.onNext}>
            <ChevronRight aria-hidden="true" className="size-4" />
          </Button>
        </div>
      )}
    </div>
  );
}

interface HeadProps {
  view: ItemView;
  /** How many flags are open, and how many there were. */
  open: number;
  flags: number;
  /** Whether the tier asks to settle them. */
  settles: boolean;
}

/** Subject and verdict sentence; the heading takes focus when the item is opened. */
export function ReviewHead({ view: { item }, open, flags, settles }: HeadProps) {
  const { t } = useTranslation('panel');
  const words = useItemWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [item.id]);
  const verdict = [
    t(`detail.verdict.${item.tier}`),
    item.state === 'pending' ? null : t(`state.${item.state}`),
    flags === 0
      ? null
      : !settles
        ? t('detail.flagged', { count: flags })
        : open > 0
          ? t('detail.toSettle', { count: open })
          : t('detail.settled'),
    t('detail.waiting', { age: words.age(item) }),
  ].filter((part) => part !== null);
  return (
    <div className="px-3 pt-2">
      <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold text-balance">
        {words.subject(item)}
      </h2>
      <p className="mt-0.5 flex items-baseline gap-x-1.5">
        <RiskMark tier={item.tier} />
        <span>{verdict.join(' · ')}</span>
      </p>
      <p className="text-xs text-muted">
        {[
          ...(item.threadKey === '' ? [] : [`#${item.threadKey}`]),
          ...new Set([words.site(item), words.host(item)]),
        ].join(' · ')}
      </p>
    </div>
  );
}
