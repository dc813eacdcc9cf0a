import { ChevronLeft, ShieldCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { reasonCode } from '../../lib/domain/decision.ts';
import { riskTier } from '../../lib/domain/risk-tier.ts';
import { dateTime, listOf, share } from '../../lib/view/format.ts';
import type { TeamRow } from '../../lib/view/team-rows.ts';
import { useTeamCheck } from '../../lib/view/use-team-check.ts';
import { useTeamEntry } from '../../lib/view/use-team-entry.ts';
import { useTeamWords } from '../../lib/view/use-team-words.ts';
import { useLocale, useSiteWords } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { RiskMark } from '../ui/risk-mark.tsx';
import { Section } from '../ui/section.tsx';
import { EventMark } from './event-mark.tsx';
import { TeamComments } from './team-comments.tsx';
import { TrailCheckRegion } from './trail-check.tsx';

/** What of a colleague's entry is said in words; whatever else it holds stands in the entry as stored. */
const facts = z.object({
  role: z.optional(z.enum(['reviewer', 'lead', 'admin'])),
  tier: z.optional(riskTier),
  reasons: z.optional(z.array(reasonCode)),
  editShare: z.optional(z.nullable(z.number())),
  policyVersion: z.optional(z.number()),
  rules: z.optional(z.array(z.string())),
});

interface Props {
  row: TeamRow;
  who: string;
  nameOf: (member: string) => string;
  /** Shows all entries of the item. */
  onItem: (itemId: string) => void;
  onBack: () => void;
}

/** One entry of the team's history: what is recorded, what of texts the policy let leave, remarks, audit. */
export function TeamEntry({ row, who, nameOf, onItem, onBack }: Props) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const siteWords = useSiteWords();
  const teamWords = useTeamWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [row.logid, row.seq]);
  const entry = useTeamEntry(row);
  const trail = useTeamCheck();
  const { event } = row;
  const data = facts.safeParse(event?.data).data ?? {};
  return (
    <section aria-label={t('entry.region')} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-center justify-between border-b border-line px-1.5 py-1">
        <Button look="quiet" onClick={onBack}>
          <ChevronLeft aria-hidden="true" className="size-4" />
          {t('team.back')}
        </Button>
        {event !== null && event.itemId !== '' && (
          <Button look="quiet" onClick={() => onItem(event.itemId)}>
            {t('team.allOfItem')}
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto pb-4">
        <div className="space-y-1 px-3 pt-3">
          <h2
            ref={heading}
            tabIndex={-1}
            className="flex items-center gap-1.5 text-lg font-semibold"
          >
            <EventMark type={event?.type ?? 'unknown'} />
            {t(`event.${event?.type ?? 'unknown'}`)}
          </h2>
          <p className="text-muted">
            {t('entry.when', { time: dateTime(row.time, locale), who })}
            {event?.declared === true && event.actor !== '' && <> ({t('history.selfDeclared')})</>}
            {data.role !== undefined && <> · {t(`team.role.${data.role}`)}</>} ·{' '}
            {siteWords(event?.siteId ?? '')}
          </p>
          {data.tier !== undefined && (
            <p className="flex items-center gap-1.5">
              <RiskMark tier={data.tier} />
              {t(`tier.${data.tier}`)}
              {data.policyVersion !== undefined && (
                <span className="text-muted">
                  {' '}
                  · {t('entry.policy', { version: data.policyVersion })}
                </span>
              )}
            </p>
          )}
          {data.rules !== undefined && data.rules.length > 0 && (
            <p className="text-xs text-muted">{t('team.rules', { list: data.rules.join(', ') })}</p>
          )}
          {data.reasons !== undefined && data.reasons.length > 0 && (
            <p>
              <span className="text-muted">{t('entry.reasons')}: </span>
              {listOf(
                data.reasons.map((code) => t(`reason.${code}`)),
                locale,
              )}
            </p>
          )}
          {data.editShare != null && (
            <p>{t('team.edited', { share: share(data.editShare, locale) })}</p>
          )}
          {!row.isIntact && (
            <Notice look="bad" role="alert">
              {t('team.notIntactDetail')}
            </Notice>
          )}
        </div>
        <Section title={t('team.texts')}>
          {entry.texts.length === 0 ? (
            <p className="text-muted">{t('team.noTexts')}</p>
          ) : (
            <ul className="space-y-2">
              {entry.texts.map(({ field, text, redactions }) => (
                <li key={field}>
                  <p className="text-xs text-muted">
                    {t(`team.field.${field}`)}
                    {Object.keys(redactions).length > 0 && (
                      <>
                        {' '}
                        ·{' '}
                        {t('team.redacted', {
                          count: Object.values(redactions).reduce((sum, each) => sum + each, 0),
                        })}
                      </>
                    )}
                  </p>
                  <p className="rounded-lg border border-line p-2 wrap-anywhere whitespace-pre-wrap">
                    {text}
                  </p>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <TeamComments entry={entry} nameOf={nameOf} />
        <Section title={t('entry.chain')}>
          <p>{t('entry.number', { seq: row.seq })}</p>
          <Button
            className="mt-1"
            icon={<ShieldCheck aria-hidden="true" className="size-4" />}
            onClick={() => void trail.start(row.logid)}
          >
            {t('team.verify', { who })}
          </Button>
          <p className="my-1 text-xs text-muted">{t('team.verifyHint')}</p>
          {trail.why !== '' && (
            <Notice look="bad" role="alert">
              {teamWords(trail.why)}
            </Notice>
          )}
          <TrailCheckRegion
            isCollectors
            check={trail.check}
            onCancel={trail.cancel}
            onClose={trail.close}
          />
          <dl className="mt-1 text-xs text-muted">
            <dt>{t('entry.hash')}</dt>
            <dd className="font-mono break-all">{row.hash}</dd>
          </dl>
          <details className="mt-1">
            <summary className="min-h-6 text-xs text-muted">{t('entry.raw')}</summary>
            <textarea
              readOnly
              rows={8}
              aria-label={t('entry.raw')}
              className="mt-1 w-full rounded-md border border-line bg-sunken p-2 font-mono text-2xs"
              value={row.raw}
            />
          </details>
        </Section>
      </div>
    </section>
  );
}
