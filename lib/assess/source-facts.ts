import type { Source, SourceSpan } from '../domain/assessment.ts';
import { contextsOf, type Context } from './context.ts';
import { extractFacts } from './extract-facts.ts';
import type { Mention } from './mention.ts';
import { readable, readLength, type Readable } from './readable.ts';
import { linkMention } from './recognise-links.ts';
import { contentWords, type ContentWord } from './scan-words.ts';

/** Sources are read up to these; what is left out is said by `whole: false`. */
const MAX_SOURCE_UNITS = 400_000;
const MAX_SOURCE_NUMBERS = 20_000;
const MAX_SOURCE_FACTS = 20_000;
/** Most mentions looked at under one key. */
const MAX_POSTINGS = 200;

/** One source with its readable text. */
export interface ReadSource {
  source: Source;
  view: Readable;
  words: readonly ContentWord[];
}

/** One fact in a source. */
export interface SourceFact {
  read: ReadSource;
  mention: Mention;
  context: Context;
  /** True when a customer wrote it: it says what they claim, not what the record holds. */
  claimed: boolean;
  /** The words it stands in when it is not in the text but in the title or the address. */
  outside: string | null;
}

/** Facts of all sources, found by value or by family and context word. */
export interface SourceIndex {
  reads: readonly ReadSource[];
  facts: readonly SourceFact[];
  hosts: ReadonlySet<string>;
  whole: boolean;
  byKey: (key: string) => readonly SourceFact[];
  /** Facts of a family near one of these words. */
  byContext: (family: string, stems: Iterable<string>) => readonly SourceFact[];
  byFamily: (family: string) => readonly SourceFact[];
}

/** Reads the facts of all sources with any text. */
export function indexSources(sources: readonly Source[]): SourceIndex {
  const left = { units: MAX_SOURCE_UNITS, numbers: MAX_SOURCE_NUMBERS };
  let whole = true;
  const reads: ReadSource[] = [];
  for (const source of sources) {
    if (source.text.trim() === '') continue;
    const read = readLength(source.text, left.units, left.numbers);
    if (read.units < source.text.length) whole = false;
    if (read.units > 0) {
      const view = readable(source.text.slice(0, read.units));
      reads.push({ source, view, words: contentWords(view.text) });
    }
    left.units -= read.units;
    left.numbers -= read.numbers;
  }
  const all = reads.flatMap(factsOf);
  const facts = all.slice(0, MAX_SOURCE_FACTS);
  const keys: Postings = new Map();
  const families: Postings = new Map();
  const byStem = new Map<string, Postings>();
  for (const fact of facts) {
    const { family, offers } = fact.mention;
    for (const key of offers) post(keys, key, fact);
    post(families, family, fact);
    const stems: Postings = byStem.get(family) ?? new Map();
    byStem.set(family, stems);
    for (const stem of fact.context.wide) post(stems, stem, fact);
  }
  return {
    reads,
    facts,
    hosts: new Set(
      facts.flatMap(({ mention }) =>
        mention.offers.filter((key) => key.startsWith('host:')).map((key) => key.slice(5)),
      ),
    ),
    whole: whole && all.length <= MAX_SOURCE_FACTS,
    byKey: (key) => keys.get(key) ?? [],
    byContext: (family, stems) => {
      const known = byStem.get(family);
      return [...new Set([...stems].flatMap((stem) => known?.get(stem) ?? []))];
    },
    byFamily: (family) => families.get(family) ?? [],
  };
}

type Postings = Map<string, SourceFact[]>;

function post(postings: Postings, key: string, fact: SourceFact): void {
  const list = postings.get(key);
  if (list === undefined) postings.set(key, [fact]);
  else if (list.length < MAX_POSTINGS) list.push(fact);
}

/** Where a source fact stands; for one in a title or address an empty span with those words. */
export function spanOf({ read, mention, outside }: SourceFact): SourceSpan {
  const sourceId = read.source.id;
  if (outside !== null) return { sourceId, start: 0, end: 0, quote: outside };
  return quoteOf(read, mention.start, mention.end);
}

/** A span of a source by readable offsets, in original offsets with its exact words. */
export function quoteOf({ source, view }: ReadSource, from: number, to: number): SourceSpan {
  const start = view.originalOf(from);
  const end = Math.max(start, view.originalOf(to - 1) + 1);
  return { sourceId: source.id, start, end, quote: source.text.slice(start, end) };
}

function factsOf(read: ReadSource): SourceFact[] {
  const { source, view } = read;
  const claimed = source.author === 'customer';
  const inText = extractFacts(view.text);
  const contexts = contextsOf(view.text, inText, read.words);
  const facts = inText.flatMap((mention, at): SourceFact[] => {
    const context = contexts[at];
    return context === undefined ? [] : [{ read, mention, context, claimed, outside: null }];
  });
  const title = readable(source.title.slice(0, 500)).text;
  const inTitle = extractFacts(title);
  const titleContexts = contextsOf(title, inTitle);
  for (const [at, mention] of inTitle.entries()) {
    const context = titleContexts[at];
    if (context === undefined) continue;
    facts.push({ read, mention, context, claimed, outside: source.title.slice(0, 500) });
  }
  const url = source.url?.slice(0, 2000) ?? '';
  const address = url === '' ? null : linkMention(0, url.length, url);
  if (address !== null) {
    const context = { near: new Set<string>(), wide: new Set<string>(), start: 0, end: 0 };
    facts.push({ read, mention: address, context, claimed, outside: url });
  }
  return facts;
}
