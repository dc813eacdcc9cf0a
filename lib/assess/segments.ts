import { greetingLength } from './courtesy.ts';

/** A piece of text that can be checked by itself; offsets into the readable text. */
export interface Segment {
  start: number;
  end: number;
}

/** Most segments; the last one takes the rest of the text. */
const MAX_SEGMENTS = 2000;

const BULLET = /^[ \t\u00a0]*(?:[-*•·–—▪◦>]+[ \t\u00a0]+|\(?\d{1,3}[.)][ \t\u00a0]+)?/u;
const CLAUSE =
  /;[ \u00a0]|,? (?=(?:but|however|although|while|and|so) (?:i|we|you|he|she|it|they|the|this|that|your|our|there)(?!\p{L}))|, (?=(?:i|we|you|it|they)(?:'|’| ))/giu;
const ABBREVIATION =
  /(?:^|[^\p{L}])(?:no|nr|approx|ca|e\.g|i\.e|incl|excl|mr|mrs|ms|dr|prof|st|vs|ref|tel|inc|ltd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|z\.b|bzw|\p{L})\.[ \u00a0]*$/iu;
/** "3. November", "Nov. 3": a number with a point goes on. */
const NUMBER_POINT = /(?:^|[^\p{L}\d])\d{1,2}\.[ \u00a0]*$/u;
/** A clause shorter than this stays with its neighbour. */
const LEAST_CLAUSE_WORDS = 3;
/** Only this much on either side is counted, so that a line of a million clauses stays linear. */
const NEARBY = 200;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Cuts a text into sentences and clauses: lines, list entries, sentences (Unicode rules, with
 * abbreviations joined), greetings, clauses with a subject of their own. Never inside a `kept` span.
 * `whole` is false when the last segment holds more than one because of the limit.
 */
export function segmentsOf(
  text: string,
  kept: readonly Segment[],
): { segments: Segment[]; whole: boolean } {
  const segments: Segment[] = [];
  let next = 0;
  const inside = (offset: number) => {
    while ((kept[next]?.end ?? Infinity) <= offset) next += 1;
    return (kept[next]?.start ?? Infinity) < offset;
  };
  let from = 0;
  const close = (to: number) => {
    const start = from + (/^[\s\u00a0]*/u.exec(text.slice(from, to))?.[0].length ?? 0);
    const end = start + text.slice(start, to).trimEnd().length;
    if (end > start) segments.push({ start, end });
    from = to;
  };
  for (const line of linesOf(text)) {
    const body = text.slice(line.start, line.end);
    const first = line.start + (BULLET.exec(body)?.[0].length ?? 0);
    from = first;
    for (const cut of cutsOf(text.slice(first, line.end))) {
      if (!inside(first + cut)) close(first + cut);
      if (segments.length >= MAX_SEGMENTS) break;
    }
    if (segments.length < MAX_SEGMENTS) close(line.end);
    if (segments.length >= MAX_SEGMENTS && from < text.trimEnd().length) {
      const last = segments.pop();
      if (last !== undefined) segments.push({ start: last.start, end: text.trimEnd().length });
      return { segments, whole: false };
    }
  }
  return { segments, whole: true };
}

function* linesOf(text: string): Generator<Segment> {
  for (const match of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    yield { start: match.index, end: match.index + match[0].length };
  }
}

/** Offsets in a line at which a new sentence or clause starts, in order. */
function* cutsOf(line: string): Generator<number> {
  const greeting = greetingLength(line.slice(0, 200));
  if (greeting > 0) yield greeting;
  let start = 0;
  for (const { index, segment } of sentences.segment(line)) {
    const before = line.slice(Math.max(start, index - 12), index);
    const goesOn = index > 0 && (ABBREVIATION.test(before) || NUMBER_POINT.test(before));
    if (index > greeting && !goesOn) {
      yield index;
      start = index;
    }
    for (const match of segment.matchAll(CLAUSE)) {
      const at = match.index + match[0].length;
      if (
        isClause(segment.slice(Math.max(0, match.index - NEARBY), match.index)) &&
        isClause(segment.slice(at, at + NEARBY))
      ) {
        if (index + at > greeting) yield index + at;
      }
    }
  }
}

function isClause(part: string): boolean {
  return (part.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= LEAST_CLAUSE_WORDS;
}
