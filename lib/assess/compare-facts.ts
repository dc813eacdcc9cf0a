import type { SupportStatus } from '../domain/assessment.ts';
import { isSameContext, sharedContext, type Context } from './context.ts';
import type { Mention } from './mention.ts';
import { hostOfValue } from './recognise-links.ts';
import { spanOf, type SourceFact, type SourceIndex } from './source-facts.ts';
import { isLookAlikeHost } from './look-alike-host.ts';

/** What the sources say of one fact, and the source fact that says it. */
export interface Finding {
  status: SupportStatus;
  found: SourceFact | null;
}

/** A fact of the draft with its context. */
export interface DraftFact {
  mention: Mention;
  context: Context;
}

/** Families in which a value of another thing may not stand in for the one spoken of. */
const ROLE_BOUND = /^(?:amount|percent|duration|date|time)$/;

/** Checks every fact of a draft against the sources. */
export function compareFacts(drafted: readonly DraftFact[], index: SourceIndex): Finding[] {
  const clauses = new Map<number, DraftFact[]>();
  for (const fact of drafted) {
    const list = clauses.get(fact.context.start) ?? [];
    if (list.length < 50) list.push(fact);
    clauses.set(fact.context.start, list);
  }
  return drafted.map((fact) => compareFact(fact, clauses.get(fact.context.start) ?? [], index));
}

/**
 * `supported`: the same value of the same kind. `contradicted`: the sources speak of the same thing
 * (shared words near the value, or an id in the same role) with another value; also where the value
 * stands only in a customer's words or about something else, and the record speaks of this thing
 * with another one. `unsupported`: no such value. `cannot-check`: no sources, or a value too common
 * to count without shared words.
 */
function compareFact(fact: DraftFact, clause: readonly DraftFact[], index: SourceIndex): Finding {
  const { mention, context } = fact;
  if (mention.refused === 'runs-code') return { status: 'unsupported', found: null };
  if (mention.refused === 'shows-other-host') return { status: 'contradicted', found: null };
  if (index.reads.length === 0) return { status: 'cannot-check', found: null };

  const hits = hitsOf(mention, index, false);
  const weakHits = hitsOf(mention, index, true);
  const related = weakHits.filter((hit) => isSameContext(context, hit.context));
  const support = best(fact, hits.length > 0 ? hits : related);
  if (support !== null && !isDoubtful(fact, hits)) return { status: 'supported', found: support };
  const counter = counterOf(fact, clause, index);
  if (support !== null && (counter === null || !outweighs(fact, counter, hits))) {
    return { status: 'supported', found: support };
  }
  if (counter !== null) return { status: 'contradicted', found: counter };
  return { status: weakHits.length > 0 ? 'cannot-check' : 'unsupported', found: null };
}

function hitsOf(mention: Mention, index: SourceIndex, weak: boolean): SourceFact[] {
  const keys = mention.asks.filter((ask) => ask.weak === weak).map(({ key }) => key);
  return [...new Set(keys.flatMap((key) => index.byKey(key)))];
}

/** The source fact that best tells another value of the same thing. */
function counterOf(
  fact: DraftFact,
  clause: readonly DraftFact[],
  index: SourceIndex,
): SourceFact | null {
  const { mention, context } = fact;
  const others = index
    .byContext(mention.family, context.wide)
    .filter((other) => isSameContext(context, other.context));
  const sameRole = /^id:.|^email$/.test(mention.family) ? index.byFamily(mention.family) : [];
  const lookAlike = mention.kind === 'link' ? lookAlikeOf(mention, index) : [];
  const differing = [...new Set([...others, ...sameRole, ...lookAlike])].filter(
    (other) =>
      !meets(mention, other.mention) &&
      !clause.some((said) => said !== fact && meets(said.mention, other.mention)),
  );
  return best(fact, differing);
}

function meets(drafted: Mention, other: Mention): boolean {
  return drafted.asks.some(({ key, weak }) => !weak && other.offers.includes(key));
}

function lookAlikeOf(mention: Mention, index: SourceIndex): readonly SourceFact[] {
  const host = hostOfValue(mention.value);
  if (index.hosts.has(host)) return [];
  const like = [...index.hosts].slice(0, 500).find((known) => isLookAlikeHost(host, known));
  return like === undefined ? [] : index.byKey(`host:${like}`);
}

/** True when the value stands only in a customer's words or about something else. */
function isDoubtful({ mention, context }: DraftFact, hits: readonly SourceFact[]): boolean {
  const isElsewhere = (hit: SourceFact) => sharedContext(context, hit.context).wide === 0;
  if (!ROLE_BOUND.test(mention.family) || hits.length === 0) return false;
  return hits.every((hit) => hit.claimed || isElsewhere(hit));
}

/** True when the record speaks of this very thing with another value than the doubtful support. */
function outweighs(
  { context }: DraftFact,
  counter: SourceFact,
  hits: readonly SourceFact[],
): boolean {
  if (counter.claimed || hits.length === 0) return false;
  const { near, wide } = sharedContext(context, counter.context);
  return near >= 1 && (wide >= 2 || hits.every((hit) => hit.claimed));
}

function best({ mention, context }: DraftFact, facts: readonly SourceFact[]): SourceFact | null {
  let top: SourceFact | null = null;
  let topScore = -1;
  for (const fact of facts) {
    const { near, wide } = sharedContext(context, fact.context);
    const trust = fact.claimed ? 0 : 0.5;
    const inText = fact.outside === null ? 0.25 : 0;
    const score =
      3 * near + wide + trust + inText + closeness(mention.value, fact.mention.value) / 2;
    if (score > topScore) {
      top = fact;
      topScore = score;
    }
  }
  return top;
}

/** Share of common first and last characters: breaks ties towards the value most likely meant. */
function closeness(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length, 64);
  let first = 0;
  while (first < shorter && a[first] === b[first]) first += 1;
  let last = 0;
  while (last < shorter - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last += 1;
  return (first + last) / Math.max(a.length, b.length, 1);
}

/** The nearest value as the contract carries it. */
export function nearestOf({ found }: Finding): {
  value: string;
  span: ReturnType<typeof spanOf>;
} | null {
  return found === null ? null : { value: found.mention.value, span: spanOf(found) };
}
