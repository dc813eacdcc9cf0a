import { CircleCheck, CircleHelp, ShieldAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TrailBreak } from '../../lib/audit/verdict.ts';
import type { DeviceVerdict } from '../../lib/audit/verify-logs.ts';
import { dateTime } from '../../lib/view/format.ts';
import type { TrailCheck } from '../../lib/view/use-trail-check.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';

const SIGNS = {
  verified: { Icon: CircleCheck, box: 'bg-low-soft', mark: 'text-low' },
  'not-evaluated': { Icon: CircleHelp, box: 'bg-medium-soft', mark: 'text-medium' },
  broken: { Icon: ShieldAlert, box: 'bg-high-soft', mark: 'text-high' },
} as const;

/** Most breaks listed; the rest is counted. */
const MAX_BREAKS = 20;

interface Props {
  check: TrailCheck;
  /** True when the entries were read from the collector: then its word is all that they are held against. */
  isCollectors?: boolean;
  onCancel: () => void;
  onClose: () => void;
}

/** Region `Trail check`: progress, then exactly one of three verdicts, with what it does not cover. */
export function TrailCheckRegion({ check, isCollectors = false, onCancel, onClose }: Props) {
  const { t } = useTranslation('panel');
  if (check.state === 'idle') return null;
  if (check.state === 'running')
    return (
      <section aria-label={t('check.region')} className="space-y-1.5 rounded-md bg-sunken p-2.5">
        <div className="flex items-center justify-between gap-2">
          <p className="tabular">
            {check.total === 0
              ? t('check.runningAll', { done: check.done })
              : t('check.running', { done: check.done, total: check.total })}
          </p>
          <Button onClick={onCancel}>{t('check.cancel')}</Button>
        </div>
        <progress
          aria-label={t('check.progress')}
          className="h-1.5 w-full accent-accent"
          max={Math.max(1, check.total)}
          value={check.done}
        />
      </section>
    );
  const verdict = check.state === 'done' ? check.verdict : null;
  const { Icon, box, mark } = SIGNS[verdict?.state ?? 'not-evaluated'];
  return (
    <section aria-label={t('check.region')} className={cx('rounded-md p-2.5', box)}>
      <div className="flex items-start gap-2" role="status">
        <div className="min-w-0 flex-1">
          {check.state === 'cancelled' && <p>{t('check.cancelled', { done: check.done })}</p>}
          {check.state === 'failed' && (
            <p>{t('check.failed', { why: t(`storeProblem.${check.code}`) })}</p>
          )}
          {check.state === 'done' && (
            <VerdictWords verdict={check.verdict} since={check.since} isCollectors={isCollectors} />
          )}
        </div>
        <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', mark)} />
        <Button
          look="quiet"
          className="-m-1.5 shrink-0"
          aria-label={t('check.close')}
          onClick={onClose}
        >
          <X aria-hidden="true" className="size-4" />
        </Button>
      </div>
    </section>
  );
}

/** How many entries are named by breaks, each once. */
function brokenEntries(breaks: readonly TrailBreak[]): number {
  let count = 0;
  let upTo = -1;
  for (const { seq, to } of [...breaks].sort((a, b) => a.seq - b.seq)) {
    count += Math.max(0, to - Math.max(seq - 1, upTo));
    upTo = Math.max(upTo, to);
  }
  return count;
}

interface VerdictProps {
  verdict: DeviceVerdict;
  /** When the entries before were checked; null when all were read. */
  since: number | null;
  isCollectors: boolean;
}

function VerdictWords({ verdict, since, isCollectors }: VerdictProps) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const { count, contents } = verdict;
  const total = Math.max(count, verdict.total);
  // Of the entries that were read: those before count as witnessed where they were checked.
  const witnessed = verdict.logs.reduce(
    (sum, log) => sum + Math.max(0, log.witnessed - log.from),
    0,
  );
  const verified = () => {
    if (isCollectors) return t('team.verified', { count, total });
    if (since === null) return t('check.verified', { count, total, witnessed });
    const time = dateTime(since, locale);
    return count === 0
      ? t('check.verifiedNone', { time })
      : t('check.verifiedSince', { count, total, witnessed, time });
  };
  const breaks = verdict.logs.flatMap((log) => log.breaks);
  const what = [...new Set(verdict.logs.flatMap((log) => log.unevaluated))].map((code) =>
    t(`check.unevaluated.${code}`),
  );
  const shown = breaks.slice(0, MAX_BREAKS);
  return (
    <>
      <p className="font-medium">
        {verdict.state === 'verified' && verified()}
        {verdict.state === 'not-evaluated' &&
          t('check.notEvaluated', {
            what: what.length === 0 ? t('check.unevaluated.no-entries') : what.join(' '),
          })}
        {verdict.state === 'broken' &&
          t('check.broken', { count: brokenEntries(breaks) + contents.unnamed })}
      </p>
      {shown.length > 0 && (
        <ul className="mt-1 list-disc space-y-0.5 ps-4">
          {shown.map((each) => (
            <li key={`${each.meaning} ${each.seq} ${each.to}`}>
              {each.seq === each.to
                ? t('check.brokenAt', { seq: each.seq, kind: t(`check.kind.${each.kind}`) })
                : t('check.brokenRange', {
                    seq: each.seq,
                    to: each.to,
                    kind: t(`check.kind.${each.kind}`),
                  })}{' '}
              {t(`check.meaning.${each.meaning}`, { other: each.other ?? 0 })}
            </li>
          ))}
          {breaks.length > shown.length && (
            <li>{t('check.moreBreaks', { count: breaks.length - shown.length })}</li>
          )}
        </ul>
      )}
      {verdict.state === 'broken' && contents.unnamed > 0 && (
        <p className="mt-1">{t('check.unnamed', { count: contents.unnamed })}</p>
      )}
      {since !== null && <p className="mt-1 text-xs text-muted">{t('check.partOnly')}</p>}
      {verdict.state === 'verified' && !isCollectors && witnessed < count && (
        <p className="mt-1 text-xs text-muted">{t('check.tail')}</p>
      )}
      {contents.missing > 0 && (
        <p className="mt-1 text-xs text-muted">{t('check.missing', { count: contents.missing })}</p>
      )}
    </>
  );
}
