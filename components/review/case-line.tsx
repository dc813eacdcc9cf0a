import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decider } from '../../lib/domain/transitions.ts';
import type { ReviewItem } from '../../lib/domain/item.ts';
import { caseStanding, type CaseStanding } from '../../lib/view/case-words.ts';
import { clockTime } from '../../lib/view/format.ts';
import { useCaseActs } from '../../lib/view/use-case-acts.ts';
import { useLocale, useNow } from '../../lib/view/use-words.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { HandOver } from './hand-over.tsx';

const BAD = new Set(['refused', 'not-taken', 'overtaken', 'failed', 'taken-back']);

/** Good is only what lets the text go; a rejection is news, and not good. */
function lookOf(standing: CaseStanding): 'info' | 'good' | 'warn' {
  if (BAD.has(standing.state)) return 'warn';
  if (standing.state === 'told') return 'good';
  if (standing.state !== 'answered') return 'info';
  return standing.outcome === 'approve' || standing.outcome === 'edit' ? 'good' : 'warn';
}

interface Props {
  item: ReviewItem;
  decider: Decider;
}

/** What the team knows of an escalation: who asks, who has it, until when, and what came of it. */
export function CaseLine({ item, decider }: Props) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const now = useNow();
  const why = useTeamWords();
  const acts = useCaseActs(item.id);
  const [handing, setHanding] = useState(false);
  const of = item.case;
  const standing = caseStanding(item, decider.id, now);
  if (of === undefined || standing === null) return null;
  const isOpen = ['waiting', 'mine', 'held', 'sending', 'failed'].includes(standing.state);
  const isOverdue = isOpen && of.dueAt !== null && of.dueAt <= now;
  const says = () => {
    switch (standing.state) {
      case 'held':
        return t('case.held', { by: standing.by, time: clockTime(standing.until, locale) });
      case 'answered':
        return t(standing.waits ? 'case.answeredWaits' : 'case.answered', {
          by: standing.by,
          outcome: t(`case.outcome.${standing.outcome}`),
        });
      case 'not-taken':
        return t(`case.notTaken.${standing.why}`, {
          by: standing.by,
          outcome: t(`case.outcome.${standing.outcome}`),
        });
      case 'overtaken':
        return t('case.overtaken', {
          by: standing.by,
          outcome: t(`case.outcome.${standing.outcome}`),
        });
      case 'refused':
      case 'failed':
        return t(`case.${standing.state}`, { why: why(standing.code) });
      case 'waiting':
        return t(item.kind === 'case' ? 'case.waitingHere' : 'case.waiting');
      default:
        return t(`case.${standing.state}`);
    }
  };
  const note = item.kind === 'case' ? of.note : (of.answer?.note ?? '');
  const reasons = item.kind === 'case' ? [] : (of.answer?.reasons ?? []);
  const isLead = item.kind === 'case' && item.state === 'pending';
  return (
    <div role="group" aria-label={t('case.label')} className="space-y-2 px-3">
      <Notice look={isOverdue ? 'warn' : lookOf(standing)} role="status">
        {item.kind === 'case' && (
          <p className="font-medium">{t('case.from', { name: of.author.name })}</p>
        )}
        <p>{says()}</p>
        {isOpen && of.dueAt !== null && (
          <p className={isOverdue ? 'font-medium' : 'text-xs'}>
            {t(isOverdue ? 'case.overdue' : 'case.due', { time: dueWords(of.dueAt, now, locale) })}
          </p>
        )}
        {reasons.length > 0 && <p>{reasons.map((code) => t(`reason.${code}`)).join(', ')}</p>}
        {note !== '' && (
          <blockquote className="mt-1 border-s-2 border-line ps-2 wrap-anywhere whitespace-pre-wrap">
            {note}
          </blockquote>
        )}
        {isLead && !handing && (
          <div className="mt-1.5 flex flex-wrap gap-1.5">
            {standing.state === 'mine' ? (
              <Button disabled={acts.busy} onClick={() => void acts.act('release')}>
                {t('case.release')}
              </Button>
            ) : (
              standing.state !== 'held' && (
                <Button disabled={acts.busy} onClick={() => void acts.act('claim')}>
                  {t('case.claim')}
                </Button>
              )
            )}
            {standing.state !== 'held' && (
              <Button disabled={acts.busy} onClick={() => setHanding(true)}>
                {t('case.handOver')}
              </Button>
            )}
          </div>
        )}
        {item.kind !== 'case' && item.state === 'escalated' && (
          <div className="mt-1.5">
            <Button disabled={acts.busy} onClick={() => void acts.takeBack(of.caseId)}>
              {t('case.takeBack')}
            </Button>
          </div>
        )}
        {acts.why !== '' && (
          <p role="alert" className="mt-1 font-medium">
            {why(acts.why)}
          </p>
        )}
      </Notice>
      {handing && (
        <HandOver
          me={decider.id}
          author={item.tier === 'locked' ? of.author.id : ''}
          busy={acts.busy}
          onGive={async (to) => {
            if (await acts.act('hand-over', to)) setHanding(false);
          }}
          onCancel={() => setHanding(false)}
        />
      )}
    </div>
  );
}

const DAY_MS = 24 * 3_600_000;

/** A time of today as a clock says it; of another day with that day. */
function dueWords(at: number, now: number, locale: string): string {
  if (Math.abs(at - now) < DAY_MS / 2) return clockTime(at, locale);
  return new Date(at).toLocaleString(locale, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}
