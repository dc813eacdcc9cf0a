import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../../lib/domain/item.ts';
import { caseStanding } from '../../lib/view/case-words.ts';
import { useInForceHere } from '../../lib/view/use-in-force.ts';
import { clockTime } from '../../lib/view/format.ts';
import { changedAfterApproval } from '../../lib/view/queue-sections.ts';
import { useItemWords, useLocale, useNow } from '../../lib/view/use-words.ts';
import { RiskMark } from '../ui/risk-mark.tsx';

/** One item in the queue: risk by shape and word, what it is about, where it is, how long it waits. */
export function QueueRow({ item }: { item: ReviewItem }) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const words = useItemWords();
  const now = useNow();
  const standing = caseStanding(item, useInForceHere()?.me?.member.id ?? '', now);
  const isOverdue = item.case?.dueAt != null && item.case.dueAt <= now;
  const ofCase =
    standing === null || item.case?.answer != null
      ? null
      : standing.state === 'held'
        ? t('case.shortHeld', { by: standing.by })
        : isOverdue
          ? t('case.shortOverdue')
          : standing.state === 'mine'
            ? t('case.shortMine')
            : item.kind === 'case'
              ? t('case.shortFrom', { name: item.case?.author.name ?? '' })
              : null;
  const special =
    ofCase ??
    (changedAfterApproval(item) !== null
      ? t('queue.changedAfterApproval')
      : item.state === 'deferred' && item.decision?.deferUntil != null
        ? t('queue.deferredUntil', { time: clockTime(item.decision.deferUntil, locale) })
        : item.state === 'pending'
          ? null
          : t(`state.${item.state}`));
  return (
    <div className="flex gap-2">
      <RiskMark tier={item.tier} className="mt-1" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-2">
          <span className="truncate font-medium">{words.subject(item)}</span>
          <span className="tabular shrink-0 text-xs text-muted">{words.age(item)}</span>
        </div>
        <div className="flex gap-1.5 text-xs text-muted">
          <span className="truncate" title={words.host(item)}>
            {t(`tier.${item.tier}`)}
            {item.threadKey !== '' && <> · #{item.threadKey}</>} · {words.site(item)}
          </span>
          {special !== null && (
            <span className="ms-auto shrink-0 rounded-sm bg-medium-soft px-1 font-medium text-medium">
              {special}
            </span>
          )}
        </div>
      </div>
    </div>
  );
}
