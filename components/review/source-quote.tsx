import type { Source, SourceSpan } from '../../lib/domain/assessment.ts';
import { quoteInLine } from '../../lib/view/source-quotes.ts';

/** The words of a source, marked in the line they stand in. */
export function SourceQuote({ source, span }: { source: Source; span: SourceSpan }) {
  const { before, quote, after } = quoteInLine(source, span);
  return (
    <q>
      {before}
      <mark className="rounded-sm bg-accent-soft px-0.5 font-medium text-ink">{quote.trim()}</mark>
      {after}
    </q>
  );
}
