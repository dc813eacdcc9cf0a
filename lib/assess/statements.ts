import type { SourceSpan, Statement, SupportStatus } from '../domain/assessment.ts';
import type { Finding } from './compare-facts.ts';
import { isClosing, isCourtesy } from './courtesy.ts';
import { bestPassage, quoteAround, type PassageIndex, type PassageMatch } from './passages.ts';
import type { Segment } from './segments.ts';

/** Least share of neighbouring word pairs, of one sentence; measured in docs/confidence.md. */
const STRONG_PAIRS = 0.5;
/** Fewer content words are found together by chance. */
const LEAST_WORDS = 4;

/** Worst first. */
const WORST: readonly SupportStatus[] = ['contradicted', 'unsupported', 'cannot-check'];
const SIGNATURE_WORDS = 5;

/** A statement with offsets into the readable text, and its wording support when that was looked at. */
export interface CheckedStatement extends Statement {
  wording: number | null;
}

/**
 * Gives each segment its facts and status: the worst of its facts, or for one without facts the
 * wording alone, which can support but never contradict.
 */
export function checkStatements(
  text: string,
  segments: readonly Segment[],
  facts: readonly { start: number; finding: Finding }[],
  passages: PassageIndex,
): CheckedStatement[] {
  let next = 0;
  let closed = false;
  return segments.map(({ start, end }, at) => {
    const own: number[] = [];
    while ((facts[next]?.start ?? Infinity) < end) {
      own.push(next);
      next += 1;
    }
    const words = text.slice(start, end);
    const base = { index: at + 1, start, end, facts: own };
    if (own.length > 0) {
      const findings = own.flatMap((fact) => facts[fact]?.finding ?? []);
      return { ...base, ...ofFacts(findings), wording: null };
    }
    const nothing = isCourtesy(words) || (closed && isSignature(words));
    closed = isClosing(words) || (closed && nothing);
    if (nothing) {
      return { ...base, status: 'nothing-to-check' as const, passage: null, wording: null };
    }
    return { ...base, ...ofWording(words, passages) };
  });
}

function ofFacts(findings: readonly Finding[]): {
  status: SupportStatus;
  passage: SourceSpan | null;
} {
  const status =
    WORST.find((worst) => findings.some((finding) => finding.status === worst)) ?? 'supported';
  const shown = findings.find((finding) => finding.status === status && finding.found !== null);
  const found = (shown ?? findings.find((finding) => finding.found !== null))?.found ?? null;
  if (found === null) return { status, passage: null };
  const { read, mention, context, outside } = found;
  if (outside !== null) {
    return { status, passage: { sourceId: read.source.id, start: 0, end: 0, quote: outside } };
  }
  return { status, passage: quoteAround(read, context.start, context.end, mention.start) };
}

/** True when one sentence of the sources holds all content words, mostly in the same order. */
export function isStrong(match: PassageMatch): boolean {
  return (
    match.words === 1 && match.pairs >= STRONG_PAIRS && match.n >= LEAST_WORDS && match.sameNegation
  );
}

function ofWording(
  words: string,
  passages: PassageIndex,
): { status: SupportStatus; passage: SourceSpan | null; wording: number | null } {
  const match = bestPassage(words.slice(0, 2000), passages);
  if (match === null) {
    return {
      status: 'cannot-check',
      passage: null,
      wording: passages.passages.length > 0 ? 0 : null,
    };
  }
  // A passage that shares less than half of the words would only mislead.
  const passage = match.words >= 0.5 ? match.span : null;
  return { status: isStrong(match) ? 'supported' : 'cannot-check', passage, wording: match.words };
}

/** A name, a role or a team under the closing: few words and no end of a sentence. */
function isSignature(words: string): boolean {
  return words.split(/\s+/).length <= SIGNATURE_WORDS && !/[.!?]$/.test(words);
}
