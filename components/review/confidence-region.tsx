import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assessment, Confidence, GateLine } from '../../lib/domain/assessment.ts';
import { share } from '../../lib/view/format.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { RiskMark } from '../ui/risk-mark.tsx';
import { Section } from '../ui/section.tsx';

/** The one word, or few, that confidence comes down to: never a bare number. */
export function useConfidenceTitle(confidence: Confidence): string {
  const { t } = useTranslation('panel');
  if (confidence.state === 'unknown') return t('confidence.unknown');
  const band = t(`confidence.band.${confidence.band}`);
  if (confidence.state === 'declared') return t('confidence.declared', { band });
  return t('confidence.token', { band, n: confidence.n });
}

/** Where the word comes from: kind, n, source; or why it is unknown. */
export function ConfidenceSource({ confidence }: { confidence: Confidence }) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const number = (value: number) => share(value, locale);
  if (confidence.state === 'unknown') return t(`confidence.why.${confidence.reason}`);
  const { source } = confidence;
  if (confidence.state === 'declared')
    return t('confidence.declaredDetail', { value: number(confidence.value), source });
  const { mean, n, weakest } = confidence;
  const detail = t('confidence.tokenDetail', { mean: number(mean), n, source });
  if (weakest === null) return detail;
  const probability = number(weakest.probability);
  return `${detail} ${t('confidence.weakest', { token: weakest.token.trim(), probability })}`;
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
          aria-label={t('confidence.goTo', { index: statement })}
          onClick={() => onStatement(statement)}
        >
          {t('confidence.short', { index: statement })}
        </Button>
      )}
    </div>
  );
}

const SHORT_LIST = 2;

interface Props {
  assessment: Assessment | null;
  onStatement: (index: number) => void;
}

/** Region `Confidence`: the state words, how much could be checked, and why a person is asked. */
export function ConfidenceRegion({ assessment, onStatement }: Props) {
  const { t } = useTranslation('panel');
  if (assessment === null)
    return (
      <Section title={t('confidence.region')}>
        <p className="text-muted">{t('detail.checking')}</p>
      </Section>
    );
  return <Assessed assessment={assessment} onStatement={onStatement} />;
}

function Assessed({ assessment, onStatement }: Props & { assessment: Assessment }) {
  const { t } = useTranslation('panel');
  const [all, setAll] = useState(false);
  const title = useConfidenceTitle(assessment.confidence);
  const checkable = assessment.statements.filter((each) => each.status !== 'nothing-to-check');
  const supported = checkable.filter((each) => each.status === 'supported').length;
  const lines = all ? assessment.gate : assessment.gate.slice(0, SHORT_LIST);
  const hidden = assessment.gate.length - lines.length;
  return (
    <Section
      title={t('confidence.region')}
      aside={<span className="text-end text-xs font-medium">{title}</span>}
    >
      <p className="text-xs text-muted">
        <ConfidenceSource confidence={assessment.confidence} />{' '}
        {assessment.sourceCount === 0 || checkable.length === 0
          ? t('confidence.nothingToCheck')
          : t('confidence.checked', {
              supported,
              checkable: checkable.length,
              sources: t('confidence.sources', { count: assessment.sourceCount }),
            })}
      </p>
      <h4 className="sr-only">{t('confidence.whyYou')}</h4>
      {assessment.gate.length === 0 ? (
        <p className="mt-1">{t('confidence.noRule')}</p>
      ) : (
        <ul className="mt-2 space-y-1.5">
          {lines.map((line) => (
            <li key={`${line.ruleId} ${line.statement ?? ''}`}>
              <GateLineWords line={line} onStatement={onStatement} />
            </li>
          ))}
        </ul>
      )}
      {assessment.gate.length > SHORT_LIST && (
        <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('confidence.less') : t('confidence.more', { count: hidden })}
        </Button>
      )}
    </Section>
  );
}
