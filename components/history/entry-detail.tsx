import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Confidence } from '../../lib/domain/assessment.ts';
import { clockTime, dateTime, duration, listOf, share } from '../../lib/view/format.ts';
import { panelActions } from '../../lib/view/panel-store.ts';
import type { EntryView } from '../../lib/view/use-entry.ts';
import { useHeldWords } from '../../lib/view/use-held-words.ts';
import { useItemWords, useLocale } from '../../lib/view/use-words.ts';
import { ChangesView } from '../review/changes-view.tsx';
import {
  ConfidenceSource,
  GateLineWords,
  useConfidenceTitle,
} from '../review/confidence-region.tsx';
import { DraftText } from '../review/draft-text.tsx';
import { Button } from '../ui/button.tsx';
import { RiskMark } from '../ui/risk-mark.tsx';
import { Section } from '../ui/section.tsx';
import { EventMark } from './event-mark.tsx';

const NONE: ReadonlySet<number> = new Set();
const RELEASES = new Set(['decision.approved', 'decision.edited', 'release.human']);

/** One entry of the trail: what was seen, what was decided and why that was allowed. */
export function EntryDetail({ view, onBack }: { view: EntryView; onBack: () => void }) {
  const { entry, item, texts, data } = view;
  const { row, seen, missing } = entry;
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const words = useItemWords();
  const ticks = useHeldWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [row.logid, row.seq]);
  const draft = seen?.draft ?? texts.get('draft') ?? null;
  const edited = texts.get('edited') ?? null;
  const note = texts.get('note') ?? null;
  const isDecision = row.type.startsWith('decision.') || row.type === 'release.human';
  const who = row.actor || t('history.extension');
  const gate = seen?.assessment?.gate ?? null;
  return (
    <section aria-label={t('entry.region')} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-center justify-between border-b border-line px-1.5 py-1">
        <Button look="quiet" onClick={onBack}>
          <ChevronLeft aria-hidden="true" className="size-4" />
          {t('entry.back')}
        </Button>
        {row.itemId !== '' && (
          <Button look="quiet" onClick={() => panelActions.openItem(row.itemId)}>
            {t('entry.openItem')}
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto pb-4">
        <div className="px-3 pt-3">
          <h2
            ref={heading}
            tabIndex={-1}
            className="flex items-center gap-1.5 text-lg font-semibold"
          >
            <EventMark type={row.type} />
            {t(`event.${row.type}`)}
          </h2>
          {item !== null && (
            <p title={words.host(item)}>
              {words.subject(item)} <span className="text-muted">· {words.site(item)}</span>
            </p>
          )}
          <p className="text-muted">
            {t('entry.when', { time: dateTime(row.time, locale), who })}
            {entry.event?.declared === true && row.actor !== '' && (
              <> ({t('history.selfDeclared')})</>
            )}
          </p>
          {data.reasons !== undefined && data.reasons.length > 0 && (
            <p className="mt-1">
              <span className="text-muted">{t('entry.reasons')}: </span>
              {listOf(
                data.reasons.map((code) => t(`reason.${code}`)),
                locale,
              )}
            </p>
          )}
          {note !== null && (
            <p className="mt-1 whitespace-pre-wrap">
              <span className="text-muted">{t('entry.note')}: </span>
              {note}
            </p>
          )}
          {data.visibleMs !== undefined && data.openMs !== undefined && (
            <p className="mt-1 text-xs text-muted">
              {t('entry.dwell', {
                visible: duration(data.visibleMs, locale),
                open: duration(data.openMs, locale),
              })}
            </p>
          )}
        </div>
        {isDecision && gate !== null && (
          <Section title={RELEASES.has(row.type) ? t('entry.allowed') : t('entry.stopped')}>
            {gate.length === 0 ? (
              <p>{t('entry.noGate')}</p>
            ) : (
              <ul className="space-y-2">
                {gate.map((line) => (
                  <li key={`${line.ruleId} ${line.statement ?? ''}`}>
                    <GateLineWords line={line} />
                  </li>
                ))}
              </ul>
            )}
          </Section>
        )}
        {draft !== null && (
          <Section
            title={t('entry.asSeen')}
            aside={
              seen?.assessment != null && (
                <span className="flex items-center gap-1 text-xs text-muted">
                  <RiskMark tier={seen.assessment.tier} />
                  {t(`tier.${seen.assessment.tier}`)} ·{' '}
                  {t('entry.policy', { version: seen.policyVersion })}
                </span>
              )
            }
          >
            <div className="rounded-lg border border-line p-3">
              <DraftText
                draft={draft}
                assessment={seen?.assessment ?? null}
                selected={null}
                settled={NONE}
                showMarks
                onSelect={() => undefined}
              />
            </div>
            <p className="mt-1 text-xs text-muted">{t('entry.asSeenNote')}</p>
          </Section>
        )}
        {missing.length > 0 && <p className="px-3 text-muted">{t('entry.erased')}</p>}
        {draft !== null && edited !== null && (
          <Section title={t('entry.diff')}>
            <div className="rounded-lg border border-line p-3">
              <ChangesView before={draft} after={edited} />
            </div>
          </Section>
        )}
        {seen?.assessment != null && (
          <Section title={t('entry.signals')}>
            <ConfidenceWords confidence={seen.assessment.confidence} />
            <ul className="mt-1 text-xs text-muted">
              {seen.assessment.signals.map((signal) => (
                <li key={signal.name}>
                  {signal.n === null
                    ? t('entry.signal', {
                        name: signal.name,
                        value: share(signal.value, locale),
                        source: signal.source,
                      })
                    : t('entry.signalN', {
                        name: signal.name,
                        value: share(signal.value, locale),
                        source: signal.source,
                        n: signal.n,
                      })}
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section title={t('entry.timeline')}>
          <ol className="space-y-1">
            {view.timeline.map((each) => (
              <li key={`${each.logid} ${each.seq}`} className="flex items-center gap-2">
                <EventMark type={each.type} />
                <span
                  className="min-w-0 flex-1"
                  aria-current={
                    each.seq === row.seq && each.logid === row.logid ? 'true' : undefined
                  }
                >
                  {t(`event.${each.type}`)}
                  {each.actor !== '' && <span className="text-muted"> · {each.actor}</span>}
                </span>
                <span className="tabular text-xs text-muted">{clockTime(each.time, locale)}</span>
              </li>
            ))}
          </ol>
        </Section>
        <Section title={t('entry.chain')}>
          <p>
            {t('entry.number', { seq: row.seq })} · {ticks(row)}
          </p>
          <dl className="text-xs text-muted">
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

function ConfidenceWords({ confidence }: { confidence: Confidence }) {
  return (
    <>
      <p className="font-medium">{useConfidenceTitle(confidence)}</p>
      <p className="text-xs text-muted">
        <ConfidenceSource confidence={confidence} />
      </p>
    </>
  );
}
