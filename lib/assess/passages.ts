import type { SourceSpan } from '../domain/assessment.ts';
import { quoteOf, type ReadSource } from './source-facts.ts';
import { contentWords, type ContentWord } from './scan-words.ts';

/** A quote longer than this is cut. */
const MAX_QUOTE = 300;
/** A run of marks ends a sentence unless a letter or digit follows; runs are never split. */
const SENTENCE =
  /[^\n.!?。！？]+(?:[.!?。！？]+(?![.!?。！？\s)"'”]|$)[^\n.!?。！？]*)*[.!?。！？]*/gu;
const NEGATION =
  /(?<!\p{L})(?:not|no|never|none|nothing|without|cannot|unable|neither|nor|unless|except|only|\p{L}+n['’]t|nicht|kein\p{L}{0,2}|nie|ohne|ne|pas|jamais|sin|nunca)(?!\p{L})/giu;
/** Words in more sentences than this find no passage: they stand everywhere. */
const MAX_POSTINGS = 300;
const TRIED = 5;

/** What a sentence carries of a text's words. */
interface Carried {
  stems: ReadonlySet<string>;
  pairs: ReadonlySet<string>;
  negations: number;
}

interface Passage {
  read: ReadSource;
  start: number;
  end: number;
  /** Read when it is first compared: few passages ever are. */
  carried: () => Carried;
}

/** Sentences of the sources, found by their content words. */
export interface PassageIndex {
  passages: readonly Passage[];
  byStem: ReadonlyMap<string, number[]>;
}

/** How well one passage carries the words of a statement. */
export interface PassageMatch {
  /** Share of the statement's content words in the passage, 0 to 1. */
  words: number;
  /** Share of its neighbouring word pairs, 0 to 1. */
  pairs: number;
  /** How many different content words the statement has. */
  n: number;
  /** Whether both deny as often: "do not ship" is no support for "ship". */
  sameNegation: boolean;
  span: SourceSpan;
}

/** Cuts the sources into sentences and indexes their words. */
export function indexPassages(reads: readonly ReadSource[]): PassageIndex {
  const passages: Passage[] = [];
  const byStem = new Map<string, number[]>();
  for (const read of reads) {
    let to = 0;
    for (const match of read.view.text.matchAll(SENTENCE)) {
      const end = match.index + match[0].length;
      const from = to;
      for (let word = read.words[to]; word !== undefined && word.start < end;) {
        post(byStem, word.stem, passages.length);
        to += 1;
        word = read.words[to];
      }
      if (to > from) passages.push(passageOf(read, match.index, end, read.words.slice(from, to)));
    }
  }
  return { passages, byStem };
}

function passageOf(
  read: ReadSource,
  start: number,
  end: number,
  words: readonly ContentWord[],
): Passage {
  let known: Carried | null = null;
  const carried = () => (known ??= carriedBy(read.view.text.slice(start, end), words));
  return { read, start, end, carried };
}

function post(byStem: Map<string, number[]>, stem: string, at: number): void {
  const list = byStem.get(stem);
  if (list === undefined) byStem.set(stem, [at]);
  else if (list.length < MAX_POSTINGS && list.at(-1) !== at) list.push(at);
}

/** The passage of one sentence that carries most of a statement's words; null when none carries any. */
export function bestPassage(text: string, index: PassageIndex): PassageMatch | null {
  const wanted = carriedBy(text, contentWords(text));
  const counts = new Map<number, number>();
  for (const stem of wanted.stems) {
    for (const at of index.byStem.get(stem) ?? []) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const tried = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, TRIED);
  let top: PassageMatch | null = null;
  for (const [at] of tried) {
    const passage = index.passages[at];
    if (passage === undefined) continue;
    const there = passage.carried();
    const match: PassageMatch = {
      words: shareOf(wanted.stems, there.stems),
      pairs: shareOf(wanted.pairs, there.pairs),
      n: wanted.stems.size,
      sameNegation: wanted.negations === there.negations,
      span: quoteAround(passage.read, passage.start, passage.end),
    };
    if (top === null || rank(match) > rank(top)) top = match;
  }
  return top;
}

/** The words around a place in a source, at most `MAX_QUOTE` long. */
export function quoteAround(read: ReadSource, from: number, to: number, keep = from): SourceSpan {
  const text = read.view.text.slice(from, to);
  const start = from + (text.length - text.trimStart().length);
  const end = from + text.trimEnd().length;
  if (end - start <= MAX_QUOTE) return quoteOf(read, start, Math.max(end, start + 1));
  const first = Math.max(start, Math.min(keep - MAX_QUOTE / 2, end - MAX_QUOTE));
  return quoteOf(read, first, first + MAX_QUOTE);
}

const rank = ({ words, pairs }: PassageMatch) => words + pairs / 4;

function shareOf(wanted: ReadonlySet<string>, there: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let found = 0;
  for (const one of wanted) if (there.has(one)) found += 1;
  return found / wanted.size;
}

function carriedBy(text: string, words: readonly ContentWord[]): Carried {
  return {
    stems: new Set(words.map(({ stem }) => stem)),
    pairs: new Set(words.slice(1).map(({ stem }, at) => `${words[at]?.stem ?? ''} ${stem}`)),
    negations: text.match(NEGATION)?.length ?? 0,
  };
}
