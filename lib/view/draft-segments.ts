import type { Assessment, Fact, Statement } from '../domain/assessment.ts';

/** A run of draft text that belongs to at most one statement and at most one fact. */
export interface Segment {
  text: string;
  /** UTF-16 offset in the draft. */
  start: number;
  statement: Statement | null;
  /** True for the first segment of its statement: the mark stands before it. */
  opens: boolean;
  fact: Fact | null;
}

interface Span {
  start: number;
  end: number;
}

/** The span without the spaces at its ends: marks and underlines stand under words only. */
function trimmed(draft: string, { start, end }: Span): Span {
  const text = draft.slice(start, end);
  const from = start + text.length - text.trimStart().length;
  return { start: from, end: Math.max(from, start + text.trimEnd().length) };
}

const within = <S extends Span>(spans: readonly S[], at: number): S | null =>
  spans.find((span) => span.start <= at && at < span.end) ?? null;

/**
 * Cuts a draft at the borders of its statements and facts, in reading order; the texts joined are the
 * draft. Offsets out of range or reversed are left out: an assessment of another version must not
 * break the screen.
 */
export function draftSegments(draft: string, assessment: Assessment | null): Segment[] {
  const valid = (span: Span) =>
    span.start >= 0 && span.start < span.end && span.end <= draft.length;
  const worded = <S extends Span>(spans: readonly S[]): S[] =>
    spans
      .filter(valid)
      .map((span) => ({ ...span, ...trimmed(draft, span) }))
      .filter(valid);
  const statements = worded(assessment?.statements ?? []);
  const facts = worded(assessment?.facts ?? []);
  const cuts = [...statements, ...facts].flatMap((span) => [span.start, span.end]);
  const borders = [...new Set([0, draft.length, ...cuts])].sort((a, b) => a - b);
  return borders.slice(0, -1).map((start, i) => {
    const statement = within(statements, start);
    return {
      text: draft.slice(start, borders[i + 1]),
      start,
      statement,
      opens: statement !== null && statement.start === start,
      fact: within(facts, start),
    };
  });
}

/** What stands before and after the draft in its composer; null when the draft is not in it. */
export function surroundings(
  composer: string,
  draft: string,
): { before: string; after: string } | null {
  const at = draft === '' ? -1 : composer.indexOf(draft);
  if (at < 0) return null;
  return { before: composer.slice(0, at).trim(), after: composer.slice(at + draft.length).trim() };
}
