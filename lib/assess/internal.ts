import type { SourceSpan, Statement } from '../domain/assessment.ts';
import type { DraftFact } from './compare-facts.ts';
import { isSameContext } from './context.ts';
import { bestPassage, indexPassages, type PassageIndex } from './passages.ts';
import { contentWords, type ContentWord } from './scan-words.ts';
import { spanOf, type ReadSource, type SourceFact, type SourceIndex } from './source-facts.ts';

/** Content words in a row that are no chance any more; measured in docs/confidence.md. */
const RUN = 4;
/** Least content words of a statement that is compared as a whole, and their least shares. */
const LEAST_WORDS = 3;
const MOST_WORDS = 0.75;
const LEAST_PAIRS = 0.5;
/** Values that are somebody's or something's own; others count only about the same thing. */
const DISTINCT = /^(?:amount|id:|email|phone|link)/;

/** What internal sources say, beside what all others do. */
export interface InternalIndex {
  passages: PassageIndex;
  open: PassageIndex;
  /** Runs of content words that stand in internal sources alone. */
  runs: ReadonlySet<string>;
}

/** Indexes the words of internal sources; null when none is internal. */
export function indexInternal(reads: readonly ReadSource[]): InternalIndex | null {
  const internal = reads.filter(({ source }) => source.internal);
  if (internal.length === 0) return null;
  const open = reads.filter(({ source }) => !source.internal);
  const known = new Set(open.flatMap(({ words }) => runsOf(words)));
  const runs = internal.flatMap(({ words }) => runsOf(words));
  return {
    passages: indexPassages(internal),
    open: indexPassages(open),
    runs: new Set(runs.filter((run) => !known.has(run))),
  };
}

/**
 * The statements (their `index`) that say what internal sources say and no other source does, with the place:
 * a value, four content words in a row, or most of the words. `facts` are those that statements point to.
 */
export function internalRepeats(
  text: string,
  statements: readonly Statement[],
  facts: readonly DraftFact[],
  sources: { index: SourceIndex; internal: InternalIndex },
): Map<number, SourceSpan> {
  const repeats = new Map<number, SourceSpan>();
  for (const { index, start, end, status, facts: own } of statements) {
    const words = text.slice(start, end);
    // A question states nothing and can still tell; greetings and closings cannot.
    if (status === 'nothing-to-check' && !/[?？]/.test(words)) continue;
    const values = own.flatMap((at) => facts[at] ?? []);
    const span = valueSpan(values, sources.index) ?? wordsSpan(words, sources.internal);
    if (span !== null) repeats.set(index, span);
  }
  return repeats;
}

function valueSpan(facts: readonly DraftFact[], index: SourceIndex): SourceSpan | null {
  for (const fact of facts) {
    const found = onlyInternal(fact, index);
    if (found !== null) return spanOf(found);
  }
  return null;
}

function wordsSpan(statement: string, internal: InternalIndex): SourceSpan | null {
  const words = statement.slice(0, 2000);
  const match = bestPassage(words, internal.passages);
  if (match === null) return null;
  if (runsOf(contentWords(words)).some((run) => internal.runs.has(run))) return match.span;
  const least = match.n === LEAST_WORDS ? 1 : MOST_WORDS;
  const isClose = match.n >= LEAST_WORDS && match.words >= least && match.pairs >= LEAST_PAIRS;
  if (!isClose) return null;
  return match.words > (bestPassage(words, internal.open)?.words ?? 0) ? match.span : null;
}

/** The internal place of a value that stands in no other source; null when it does, or in none. */
function onlyInternal({ mention, context }: DraftFact, index: SourceIndex): SourceFact | null {
  let found: SourceFact | null = null;
  for (const { key, weak } of mention.asks) {
    for (const hit of index.byKey(key)) {
      const isSame = isSameContext(context, hit.context);
      if (!hit.read.source.internal && (!weak || isSame)) return null;
      if (hit.read.source.internal && !weak && (isSame || DISTINCT.test(mention.family))) {
        found ??= hit;
      }
    }
  }
  return found;
}

function runsOf(words: readonly ContentWord[]): string[] {
  const stems = words.map(({ stem }) => stem);
  return stems.slice(RUN - 1).map((_, at) => stems.slice(at, at + RUN).join(' '));
}
