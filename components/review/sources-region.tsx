import { FileText, MessageSquare, Quote as QuoteIcon, Rows3 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assessment, Source } from '../../lib/domain/assessment.ts';
import { quotedSources, type QuotedSource } from '../../lib/view/source-quotes.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Section } from '../ui/section.tsx';
import { SourceQuote } from './source-quote.tsx';

const ICONS = {
  thread: MessageSquare,
  record: Rows3,
  source: FileText,
  citation: QuoteIcon,
} as const;
/** Longest text of a source shown in the panel; the page has all of it. */
const MAX_TEXT = 4_000;

interface Props {
  sources: readonly Source[];
  assessment: Assessment | null;
  selected: number | null;
  /** Shows a quote in the page; null where there is no page. */
  onShow: ((quote: string) => void) | null;
}

/** Region `Sources`: what the draft was checked against, with the quotes that matter. */
export function SourcesRegion({ sources, assessment, selected, onShow }: Props) {
  const { t } = useTranslation('panel');
  const rows = useMemo(() => quotedSources(sources, assessment), [sources, assessment]);
  const used = rows.filter((row) => row.quotes.length > 0);
  const rest = rows.filter((row) => row.quotes.length === 0);
  return (
    <Section
      title={t('sources.region')}
      aside={<span className="tabular text-xs text-muted">{sources.length}</span>}
    >
      {rows.length === 0 && (
        <p className="text-muted">
          {t('sources.none')}. {t('sources.noneDetail')}
        </p>
      )}
      <ul className="space-y-2">
        {used.map((row) => (
          <SourceCard key={row.source.id} row={row} selected={selected} onShow={onShow} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details className="mt-2" open={used.length === 0}>
          <summary className="min-h-6 text-muted">
            {t('sources.more', { count: rest.length })}
          </summary>
          <ul className="mt-1 space-y-2">
            {rest.map((row) => (
              <SourceCard key={row.source.id} row={row} selected={selected} onShow={onShow} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

interface CardProps {
  row: QuotedSource;
  selected: number | null;
  /** Shows a quote in the page; null where there is no page. */
  onShow: ((quote: string) => void) | null;
}

function SourceCard({ row: { source, quotes }, selected, onShow }: CardProps) {
  const { t } = useTranslation('panel');
  const Icon = ICONS[source.kind];
  const author =
    source.kind === 'thread' && source.author !== 'unknown'
      ? t(`sources.author.${source.author}`)
      : '';
  return (
    <li className="rounded-lg border border-line p-2.5">
      <div className="flex items-start gap-2">
        <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <p className="font-medium">
            {source.title.trim() || t(`sources.untitled.${source.kind}`)}
          </p>
          <p className="text-xs text-muted">
            {t(`sources.kind.${source.kind}`)}
            {author !== '' && <> · {author}</>}
            {source.internal && (
              <strong className="ms-1.5 rounded-sm bg-medium-soft px-1 text-medium">
                {t('sources.internal')}
              </strong>
            )}
          </p>
        </div>
      </div>
      {source.internal && (
        <p className="mt-1 text-xs text-medium">{t('sources.internalWarning')}</p>
      )}
      {quotes.map((quote) => (
        <div
          key={`${quote.statement} ${quote.span.start}`}
          className={cx(
            'mt-2 flex items-start gap-2 border-s-2 ps-2',
            quote.statement === selected ? 'border-accent bg-accent-soft' : 'border-line',
          )}
        >
          <div className="min-w-0 flex-1">
            <SourceQuote source={source} span={quote.span} />
            <p className="text-xs text-muted">
              {t(`status.${quote.status}`)} {t('sources.forStatement', { index: quote.statement })}
              {quote.nearest !== null && <> · {t('sources.nearest', { value: quote.nearest })}</>}
            </p>
          </div>
          {onShow !== null && (
            <Button look="quiet" className="shrink-0" onClick={() => onShow(quote.span.quote)}>
              {t('sources.show')}
            </Button>
          )}
        </div>
      ))}
      {source.text !== '' && (
        <details className="mt-1.5">
          <summary className="min-h-6 text-xs text-muted">{t('sources.whole')}</summary>
          <p className="mt-1 text-xs whitespace-pre-wrap">{source.text.slice(0, MAX_TEXT)}</p>
        </details>
      )}
    </li>
  );
}
