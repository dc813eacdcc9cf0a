import { REDACTION_KINDS, type RedactionKind } from './kinds.ts';
import { allClaims } from './recognisers.ts';
import type { Span } from './recogniser.ts';
import { viewOf } from './view.ts';

/** Something found: where it stood in the text that was given (UTF-16, `to` behind its last unit). */
export interface Found {
  kind: RedactionKind;
  from: number;
  to: number;
}

export interface Redacted {
  /** The text with a placeholder, such as `[card 1]`, for each thing found. */
  text: string;
  /** In the order of the text, never overlapping. */
  found: Found[];
}

export interface RedactOptions {
  /** The kinds to look for; all when left out. */
  kinds?: readonly RedactionKind[];
}

/**
 * Taking one thing out can bring two others closer together, so the outcome is read again until
 * nothing is found in it. Two readings are usual; the bound keeps the time linear.
 */
const READINGS = 12;
const PLACEHOLDER = new RegExp(`\\[(${REDACTION_KINDS.join('|')}) ([1-9]\\d{0,8})\\]`, 'g');

/**
 * Replaces what can be told by its form: ids and numbers with check digits, addresses, tokens,
 * passwords in context. Equal values of a kind get the same number within a text. Placeholders that
 * stand in the text are left alone, so redacting twice changes nothing. Names of people, postal
 * addresses and free descriptions are not found. Pure, never throws, time linear in the length.
 */
export function redact(text: string, options: RedactOptions = {}): Redacted {
  const found = findAll(text, new Set(options.kinds ?? REDACTION_KINDS));
  return { text: replaced(text, found).text, found };
}

/** As `redact` each by itself, but equal values get the same number in all of them, and others another. */
export function redactTogether(texts: readonly string[]): Redacted[] {
  const kinds = new Set(REDACTION_KINDS);
  const labels = new Labels(texts);
  return texts.map((text) => {
    const found = findAll(text, kinds);
    return { text: replaced(text, found, labels).text, found };
  });
}

function findAll(text: string, kinds: ReadonlySet<RedactionKind>): Found[] {
  let found: Found[] = [];
  let now = text;
  for (let reading = 0; reading < READINGS; reading += 1) {
    const more = detect(now, kinds);
    if (more.length === 0) break;
    found = added(text, found, more);
    now = replaced(text, found).text;
  }
  return found;
}

/** Gives equal values of a kind the same placeholder, and none that stands in a text already. */
class Labels {
  readonly #taken: ReadonlySet<string>;
  readonly #given = new Map<string, string>();
  readonly #counts = new Map<RedactionKind, number>();

  constructor(texts: readonly string[]) {
    this.#taken = new Set(
      texts.flatMap((text) => Array.from(text.matchAll(PLACEHOLDER), (match) => match[0])),
    );
  }

  of(kind: RedactionKind, found: string): string {
    const value = `${kind} ${found.toLowerCase().replace(/[\s()./-]/g, '')}`;
    let label = this.#given.get(value);
    while (label === undefined) {
      const count = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, count);
      if (!this.#taken.has(`[${kind} ${count}]`)) label = `[${kind} ${count}]`;
    }
    this.#given.set(value, label);
    return label;
  }
}

/** What is found in one reading, apart from each other and from the placeholders. */
function detect(text: string, kinds: ReadonlySet<RedactionKind>): Found[] {
  const hidden = [...text.matchAll(PLACEHOLDER)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const view = viewOf(text, hidden);
  const ranked = allClaims(view.text).flatMap((spans, rank) =>
    spans.filter((span) => kinds.has(span.kind)).map((span) => ({ ...span, rank })),
  );
  return joined(ranked).map(({ kind, from, to }) => ({
    kind,
    from: view.at[from] ?? 0,
    // The next unit of the view may be far off, behind invisible signs: those go too.
    to: view.at[to] ?? text.length,
  }));
}

/** Claims that overlap become one, so that no part of either stays; the stronger names it. */
function joined(spans: readonly (Span & { rank: number })[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const apart: (Span & { rank: number })[] = [];
  for (const span of sorted) {
    const last = apart.at(-1);
    if (last === undefined || span.from >= last.to) {
      apart.push({ ...span });
      continue;
    }
    const wins = span.named === last.named ? span.rank < last.rank : span.named;
    if (wins) Object.assign(last, { kind: span.kind, named: span.named, rank: span.rank });
    last.to = Math.max(last.to, span.to);
  }
  return apart;
}

/** `more`, found in the replaced text, moved back to where it stands in `text`, among `found`. */
function added(text: string, found: readonly Found[], more: readonly Found[]): Found[] {
  const { starts } = replaced(text, found);
  let next = 0;
  let shift = 0;
  const moved = more.map((each) => {
    while (next < found.length && (starts[next]?.from ?? 0) <= each.from) {
      shift = (found[next]?.to ?? 0) - (starts[next]?.to ?? 0);
      next += 1;
    }
    return { kind: each.kind, from: each.from + shift, to: each.to + shift };
  });
  return [...found, ...moved].sort((a, b) => a.from - b.from);
}

/** The text with placeholders for `found`, and where each placeholder stands in it. */
function replaced(text: string, found: readonly Found[], labels: Labels = new Labels([text])) {
  const starts: { from: number; to: number }[] = [];
  const parts: string[] = [];
  let length = 0;
  let at = 0;
  for (const { kind, from, to } of found) {
    const label = labels.of(kind, text.slice(from, to));
    const start = length + from - at;
    starts.push({ from: start, to: start + label.length });
    parts.push(text.slice(at, from), label);
    length = start + label.length;
    at = to;
  }
  return { text: parts.join('') + text.slice(at), starts };
}
