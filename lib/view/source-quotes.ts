import type { Assessment, Source, SourceSpan } from '../domain/assessment.ts';

/** A place in a source that a statement of the draft was held against. */
interface Quote {
  span: SourceSpan;
  statement: number;
  status: Assessment['statements'][number]['status'];
  /** The differing value the source has, for contradicted facts. */
  nearest: string | null;
}

/** A quote with the rest of its line around it. */
export interface QuoteInLine {
  before: string;
  quote: string;
  after: string;
}

/** Most characters of a line shown on each side of a quote. */
const AROUND = 90;

/** The line of a source that a quote stands in; only the quote when the source has moved on. */
export function quoteInLine(source: Source, span: SourceSpan): QuoteInLine {
  const { start, end, quote } = span;
  if (source.text.slice(start, end) !== quote) return { before: '', quote, after: '' };
  const lineStart = source.text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = source.text.indexOf('\n', end);
  const lineEnd = nextBreak < 0 ? source.text.length : nextBreak;
  return {
    before: source.text.slice(Math.max(lineStart, start - AROUND), start),
    quote,
    after: source.text.slice(end, Math.min(lineEnd, end + AROUND)),
  };
}

/** A source with the quotes from it, in the order of the draft's statements. */
export interface QuotedSource {
  source: Source;
  quotes: readonly Quote[];
}

/** Sources that statements were held against first, then the others; each quote once. */
export function quotedSources(
  sources: readonly Source[],
  assessment: Assessment | null,
): QuotedSource[] {
  const quotes = (assessment?.statements ?? []).flatMap((statement): Quote[] => {
    const base = { statement: statement.index };
    const facts = statement.facts.flatMap((i): Quote[] => {
      const fact = assessment?.facts[i];
      if (fact === undefined || fact.nearest === null) return [];
      const nearest = fact.status === 'contradicted' ? fact.nearest.value : null;
      return [{ ...base, span: fact.nearest.span, status: fact.status, nearest }];
    });
    if (facts.length > 0 || statement.passage === null) return facts;
    return [{ ...base, span: statement.passage, status: statement.status, nearest: null }];
  });
  const keyOf = (quote: Quote) => `${quote.span.start} ${quote.span.end} ${quote.statement}`;
  const rows = sources.map((source): QuotedSource => {
    const own = quotes.filter((quote) => quote.span.sourceId === source.id);
    return { source, quotes: [...new Map(own.map((quote) => [keyOf(quote), quote])).values()] };
  });
  return [
    ...rows.filter((row) => row.quotes.length > 0),
    ...rows.filter((row) => row.quotes.length === 0),
  ];
}
