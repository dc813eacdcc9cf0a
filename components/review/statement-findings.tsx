import { useTranslation } from 'react-i18next';
import type {
  Assessment,
  Fact,
  GateLine,
  Source,
  SourceSpan,
  Statement,
} from '../../lib/domain/assessment.ts';
import { isFlagged } from '../../lib/domain/flags.ts';
import { SourceQuote } from './source-quote.tsx';

/** Longest quote that stands for a value by itself; longer ones give way to the value read from them. */
const SHORT_QUOTE = 40;

function saidNearest(nearest: NonNullable<Fact['nearest']>): string {
  const said = nearest.span.quote.trim();
  return said.length > 0 && said.length <= SHORT_QUOTE ? said : nearest.value;
}

interface Props {
  statement: Statement;
  assessment: Assessment;
  sources: readonly Source[];
  /** Rules that hold for it. */
  lines: readonly GateLine[];
}

/** What was found about one statement: the rules that hold for it, its facts, the nearest values. */
export function StatementFindings({ statement, assessment, sources, lines }: Props) {
  const { t } = useTranslation('panel');
  const facts = statement.facts.flatMap((i) => assessment.facts[i] ?? []);
  return (
    <>
      {!isFlagged(statement) &&
        lines.map((line) => (
          <p key={line.ruleId} className="font-medium">
            {line.says}
          </p>
        ))}
      {facts.length === 0 && <p>{t(`statement.wording.${statement.status}`)}</p>}
      <ul className="space-y-1">
        {facts.map((fact) => (
          <li key={fact.start}>
            {fact.status === 'contradicted' && fact.nearest !== null
              ? t('statement.contradicted', {
                  value: fact.text,
                  nearest: saidNearest(fact.nearest),
                })
              : fact.status === 'supported'
                ? t('statement.supported', { value: fact.text })
                : fact.status === 'cannot-check' || fact.status === 'nothing-to-check'
                  ? t('statement.cannotCheck', { value: fact.text })
                  : t('statement.unsupported', { value: fact.text })}
            {fact.nearest !== null && <Nearest span={fact.nearest.span} sources={sources} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Nearest({ span, sources }: { span: SourceSpan; sources: readonly Source[] }) {
  const source = sources.find((each) => each.id === span.sourceId);
  if (source === undefined) return null;
  return (
    <blockquote className="mt-1 border-s-2 border-line ps-2 text-muted">
      <SourceQuote source={source} span={span} />
      <cite className="block text-xs not-italic">{source.title}</cite>
    </blockquote>
  );
}
