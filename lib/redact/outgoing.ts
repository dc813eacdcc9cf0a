import { lesserLevel, type ContentLevel } from '../domain/content-level.ts';
import { wordDiff } from '../domain/word-diff.ts';
import { redactTogether, type Found } from './redact.ts';

/** A text of a decision as it is kept on the device. */
export interface KeptText {
  field: 'draft' | 'edited' | 'note' | 'quotes';
  /** What the event names. */
  commitment: string;
  /** The text; of `quotes` each passage by itself. */
  parts: readonly string[];
  /** Of the commitment; '' where the commitment is to more than these parts. */
  salt: string;
}

/** One text as it leaves. */
export interface Outgoing {
  field: 'draft' | 'edited' | 'note' | 'edit' | 'quotes';
  commitment: string;
  /** `edit`: JSON list of changes; `quotes`: JSON list of passages; else the text itself. */
  text: string;
  /** Opens the commitment; only where nothing was taken out, null otherwise. */
  salt: string | null;
  /** Whether the end is missing, because the text is longer than is sent. */
  cut: boolean;
  /** How many of each kind were taken out. */
  redactions: Record<string, number>;
}

/** Longest text and longest passage that are sent, in UTF-16 units. */
export const MAX_OUTGOING = 40_000;
const MAX_QUOTE = 2_000;
/** How much is read beyond that, so that what stands across the end is found whole. */
const BEYOND = 8_192;
/** Most passages that are sent of one decision. */
const MAX_QUOTES = 50;

/** One step of an edit: words that went, words that came, or how many stayed. */
export type EditStep = { removed: string } | { added: string } | { kept: number };

/** The least level at which a field leaves. */
const LEAST: Readonly<Record<Outgoing['field'], ContentLevel>> = {
  edit: 'edits',
  note: 'edits',
  draft: 'full',
  edited: 'full',
  quotes: 'full',
};

/** Whether a field leaves at a level. */
const leaves = (field: Outgoing['field'], level: ContentLevel) =>
  lesserLevel(LEAST[field], level) === LEAST[field];

/**
 * What of a decision's texts leaves at a level, redacted: this is the one way out. The salt never goes
 * with a text that something was taken out of: with both, the missing digits could be tried one by one.
 * Pure; what the redactor throws comes out, and then nothing leaves.
 */
export function outgoingOf(level: ContentLevel, texts: readonly KeptText[]): Outgoing[] {
  if (level === 'ids') return [];
  const redacted = redactParts(texts);
  const edit = editOf(redacted);
  return [...(edit === null ? [] : [edit]), ...redacted.map(wholeOf)].filter(({ field }) =>
    leaves(field, level),
  );
}

interface RedactedText extends Omit<KeptText, 'parts'> {
  /** Whether there were more parts. */
  isMore: boolean;
  parts: { text: string; found: readonly Found[]; isCut: boolean; isChanged: boolean }[];
}

/** All texts of a decision at once, so that equal values have the same placeholder in each. */
function redactParts(texts: readonly KeptText[]): RedactedText[] {
  const given = texts.map((text) => ({
    ...text,
    parts: text.parts.slice(0, MAX_QUOTES),
    isMore: text.parts.length > MAX_QUOTES,
    most: text.field === 'quotes' ? MAX_QUOTE : MAX_OUTGOING,
  }));
  const read = given.flatMap(({ parts }) => parts).map(readable);
  const done = redactTogether(read)[Symbol.iterator]();
  return given.map(({ most, ...text }) => ({
    ...text,
    parts: text.parts.map((part) => {
      const next = done.next();
      if (next.done === true) throw new Error('Each part was redacted');
      const { text: now, found } = next.value;
      const isLong = part.length > MAX_OUTGOING + BEYOND;
      const end = isLong ? Math.max(0, now.length - BEYOND) : now.length;
      const kept = now.slice(0, Math.min(end, most)).toWellFormed();
      return { text: kept, found, isCut: kept.length < now.length, isChanged: kept !== part };
    }),
  }));
}

/** As much of a text as is looked at, in signs that every database takes. */
function readable(text: string): string {
  return text
    .slice(0, MAX_OUTGOING + BEYOND)
    .toWellFormed()
    .replaceAll('\0', '\ufffd');
}

function counted(found: readonly Found[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** A text in one piece; passages as a list. */
function wholeOf({ field, commitment, salt, parts, isMore }: RedactedText): Outgoing {
  const texts = parts.map(({ text }) => text);
  const isAsWritten = parts.every(({ found, isChanged }) => found.length === 0 && !isChanged);
  return {
    field,
    commitment,
    text: field === 'quotes' ? JSON.stringify(texts) : texts.join(''),
    salt: isAsWritten && salt !== '' ? salt : null,
    cut: isMore || parts.some(({ isCut }) => isCut),
    redactions: counted(parts.flatMap(({ found }) => found)),
  };
}

/** What an edit changed, by words; words that stayed are counted, not sent. Null where nothing was edited. */
function editOf(texts: readonly RedactedText[]): Outgoing | null {
  const draft = texts.find(({ field }) => field === 'draft');
  const edited = texts.find(({ field }) => field === 'edited');
  const [from] = draft?.parts ?? [];
  const [to] = edited?.parts ?? [];
  if (edited === undefined || from === undefined || to === undefined) return null;
  const steps = wordDiff(from.text, to.text).parts.flatMap(({ kind, text }): EditStep[] => {
    if (kind === 'removed') return [{ removed: text }];
    if (kind === 'added') return [{ added: text }];
    const kept = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    return kept === 0 ? [] : [{ kept }];
  });
  return {
    field: 'edit',
    commitment: edited.commitment,
    text: JSON.stringify(steps),
    salt: null,
    cut: from.isCut || to.isCut,
    redactions: counted([...from.found, ...to.found]),
  };
}
