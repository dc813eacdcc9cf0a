import { diffArrays } from 'diff';

/** One run of text in a diff. */
interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** A word diff with the numbers of its one-line summary. */
export interface WordDiff {
  parts: readonly DiffPart[];
  /** Runs of change: a removal and the addition beside it are one. */
  changes: number;
  added: number;
  removed: number;
  /** Changed runs that hold a digit: amounts, dates, numbers. */
  numbers: number;
}

/** Longest edit script that is searched; beyond it the texts are shown as replaced whole. */
const MAX_EDITS = 4_000;

/** Words, amounts and numbers with their sign and separators whole; spaces and other signs alone. */
const TOKEN = /\p{Sc}?[\p{L}\p{N}]+(?:[.,:/@'’_-][\p{L}\p{N}]+)*\p{Sc}?|\s+|[^\p{L}\p{N}\s]/gu;

const tokens = (text: string): string[] => text.match(TOKEN) ?? [];

const countWords = (text: string) =>
  tokens(text).filter((token) => /[\p{L}\p{N}]/u.test(token)).length;

/** Word-level difference of two texts, in reading order. Never throws; bounded for huge texts. */
export function wordDiff(before: string, after: string): WordDiff {
  const found = diffArrays(tokens(before), tokens(after), {
    maxEditLength: MAX_EDITS,
    timeout: 200,
  });
  const parts =
    found?.map((part): DiffPart => ({
      kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
      text: part.value.join(''),
    })) ?? replaced(before, after);
  const changed = parts.filter((part) => part.kind !== 'same');
  const words = (kind: DiffPart['kind']) =>
    changed
      .filter((part) => part.kind === kind)
      .reduce((sum, part) => sum + countWords(part.text), 0);
  const opensRun = (i: number) =>
    parts[i]?.kind !== 'same' && (i === 0 || parts[i - 1]?.kind === 'same');
  return {
    parts,
    changes: parts.filter((_, i) => opensRun(i)).length,
    added: words('added'),
    removed: words('removed'),
    numbers: changed.filter((part) => part.kind === 'removed' && /\p{N}/u.test(part.text)).length,
  };
}

function replaced(before: string, after: string): DiffPart[] {
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
}
