import { contentWords, type ContentWord } from './scan-words.ts';
import { stemOf } from './words.ts';

/** The content words around a mention, within its clause. */
export interface Context {
  /** Up to three on either side. */
  near: ReadonlySet<string>;
  /** Up to twelve on either side. */
  wide: ReadonlySet<string>;
  /** The clause it stands in. */
  start: number;
  end: number;
}

interface Span {
  start: number;
  end: number;
}
interface Clause extends Span {
  words: ContentWord[];
}

const NEAR = 3;
const WIDE = 12;
/** A clause without a word of its own ("€102.00" in a table cell) takes the words before it. */
const BORROWED = 4;
const BREAK = /[\n\t|;•·]|(?<![.!?。！？])[.!?。！？]+(?=[\s)"'”]|$)/gu;
const ABBREVIATION =
  /(?:^|[^\p{L}])(?:no|nr|approx|ca|e\.g|i\.e|incl|excl|mr|mrs|ms|dr|st|vs|ref|tel|inc|ltd|max|min|z\.b|bzw)$/iu;

/** Words in so many places of a support text that sharing one alone says little. */
const GENERIC = new Set(
  'order ticket customer account case number date request reference day time please thank product item id info information email contact support team service amount value'
    .split(' ')
    .map((word) => stemOf(word)),
);

/**
 * Reads the context of each span of a text; spans in order, not overlapping. `words` are the text's
 * content words where they are known already. Linear.
 */
export function contextsOf(
  text: string,
  spans: readonly Span[],
  words: readonly ContentWord[] = contentWords(text),
): Context[] {
  const clauses = clausesOf(text, spans, words);
  let at = 0;
  return spans.map((span) => {
    while (at + 1 < clauses.length && (clauses[at + 1]?.start ?? Infinity) <= span.start) at += 1;
    const clause = clauses[at] ?? { start: span.start, end: span.end, words: [] };
    const split = firstWordFrom(clause, span.start);
    const own = clause.words.slice(Math.max(0, split - WIDE), split);
    const before = clause.words.length > 0 ? own : borrowed(clauses, at);
    const after = clause.words.slice(split, split + WIDE);
    const pick = (count: number) =>
      new Set([...before.slice(-count), ...after.slice(0, count)].map(({ stem }) => stem));
    return { near: pick(NEAR), wide: pick(WIDE), start: clause.start, end: clause.end };
  });
}

/** How much two contexts share: content words near the value, and in the clause. */
export function sharedContext(a: Context, b: Context): { near: number; wide: number } {
  return { near: common(a.near, b.near), wide: common(a.wide, b.wide) };
}

/** True when two mentions speak of the same thing, as far as the words around them tell. */
export function isSameContext(a: Context, b: Context): boolean {
  const { near, wide } = sharedContext(a, b);
  return near >= 1 || wide >= 2;
}

/** Specific words count one, generic ones a third. */
function common(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const stem of a) if (b.has(stem)) shared += GENERIC.has(stem) ? 1 / 3 : 1;
  return shared;
}

/** Index of the first word of a clause at or behind an offset. */
function firstWordFrom(clause: Clause, start: number): number {
  let low = 0;
  let high = clause.words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((clause.words[middle]?.start ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function borrowed(clauses: readonly Clause[], at: number): Clause['words'] {
  return clauses[at - 1]?.words.slice(-BORROWED) ?? [];
}

function clausesOf(text: string, spans: readonly Span[], words: readonly ContentWord[]): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let span = 0;
  let next = 0;
  const close = (end: number) => {
    const clause: Clause = { start, end, words: [] };
    for (let word = words[next]; word !== undefined && word.start < end; word = words[next]) {
      next += 1;
      while ((spans[span]?.end ?? Infinity) <= word.start) span += 1;
      if ((spans[span]?.start ?? Infinity) > word.start) clause.words.push(word);
    }
    clauses.push(clause);
    start = end;
  };
  let guard = 0;
  for (const match of text.matchAll(BREAK)) {
    while ((spans[guard]?.end ?? Infinity) <= match.index) guard += 1;
    if ((spans[guard]?.start ?? Infinity) < match.index) continue;
    if (
      match[0] === '.' &&
      ABBREVIATION.test(text.slice(Math.max(0, match.index - 8), match.index))
    ) {
      continue;
    }
    close(match.index + match[0].length);
  }
  close(text.length);
  return clauses;
}
