import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assessment, Confidence, GateLine } from '../../lib/domain/assessment.ts';
import { share } from '../../lib/view/format.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { RiskMark } from '../ui/risk-mark.tsx';
import { Section } from '../ui/section.tsx';

/** Confidence in words, with its kind, its n and its source, or why there is none. */
export function ConfidenceWords({ confidence }: { confidence: Confidence }) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const number = (value: number) => share(value, locale);
  if (confidence.state === 'unknown')
    return (
      <>
        <p className="font-medium">{t('confidence.unknown')}</p>
        <p className="text-xs text-muted">{t(`confidence.why.${confidence.reason}`)}</p>
      </>
    );
  const band = t(`confidence.band.${confidence.band}`);
  if (confidence.state === 'declared')
    return (
      <>
        <p className="font-medium">{t('confidence.declared', { band })}</p>
        <p className="text-xs text-muted">
          {t('confidence.declaredDetail', {
            value: number(confidence.value),
            source: confidence.source,
          })}
        </p>
      </>
    );
  return (
    <>
      <p className="font-medium">{t('confidence.token', { band, n: confidence.n })}</p>
      <p className="text-xs text-muted">
        {t('confidence.tokenDetail', {
          mean: number(confidence.mean),
          n: confidence.n,
          source: confidence.source,
        })}
        {confidence.weakest !== null && (
          <>
            {' '}
            {t('confidence.weakest', {
              token: confidence.weakest.token.trim(),
              probability: number(confidence.weakest.probability),
            })}
          </>
        )}
      </p>
    </>
  );
}

/** One reason for the tier, with rule, version, owner and, where it is about one, the statement. */
export function GateLineWords({
  line,
  onStatement,
}: {
  line: GateLine;
  onStatement?: (index: number) => void;
}) {
  const { t } = useTranslation('panel');
  const { statement } = line;
  return (
    <div className="flex items-start gap-2">
      <RiskMark tier={line.tier} className="mt-1" />
      <div className="min-w-0 flex-1">
        <p>{line.says}</p>
        <p className="text-xs text-muted">
          {t('confidence.line', {
            rule: line.ruleId,
            version: line.policyVersion,
            owner: line.owner,
          })}
        </p>
      </div>
      {statement !== null && onStatement !== undefined && (
        <Button
          look="quiet"
          className="-my-1 shrink-0"
          aria-label={t('statement.label', { index: statement })}
          onClick={() => onStatement(statement)}
        >
          {`S${statement}`}
        </Button>
      )}
    </div>
  );
}

const SHORT_LIST = 3;

interface Props {
  assessment: Assessment | null;
  onStatement(index: number): void;
}

/** Region `Confidence`: the state words, how much could be checked, and why a person is asked. */
export function ConfidenceRegion({ assessment, onStatement }: Props) {
  const { t } = useTranslation('panel');
  const [all, setAll] = useState(false);
  if (assessment === null)
    return (
      <Section title={t('confidence.region')}>
        <p className="text-muted">{t('detail.checking')}</p>
      </Section>
    );
  const checkable = assessment.statements.filter((each) => each.status !== 'nothing-to-check');
  const supported = checkable.filter((each) => each.status === 'supported').length;
  const lines = all ? assessment.gate : assessment.gate.slice(0, SHORT_LIST);
  const hidden = assessment.gate.length - lines.length;
  return (
    <Section title={t('confidence.region')}>
      <div className="rounded-lg border border-line">
        <div className="flex gap-2 p-2.5">
          <Gauge aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
          <div className="min-w-0">
            <ConfidenceWords confidence={assessment.confidence} />
            <p className="mt-1 text-xs text-muted">
              {assessment.sourceCount === 0 || checkable.length === 0
                ? t('confidence.nothingToCheck')
                : t('confidence.checked', {
                    supported,
                    checkable: checkable.length,
                    sources: t('confidence.sources', { count: assessment.sourceCount }),
                  })}
            </p>
          </div>
        </div>
        <div className="border-t border-line p-2.5">
          <h4 className="mb-1.5 text-xs font-semibold text-muted">{t('confidence.whyYou')}</h4>
          {assessment.gate.length === 0 ? (
            <p>{t('confidence.noRule')}</p>
          ) : (
            <ul className="space-y-2">
              {lines.map((line) => (
                <li key={`${line.ruleId} ${line.statement ?? ''}`}>
                  <GateLineWords line={line} onStatement={onStatement} />
                </li>
              ))}
            </ul>
          )}
          {(hidden > 0 || all) && assessment.gate.length > SHORT_LIST && (
            <Button look="quiet" className="mt-1" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('confidence.less') : t('confidence.more', { count: hidden })}
            </Button>
          )}
        </div>
      </div>
    </Section>
  );
}
