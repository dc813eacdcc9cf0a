import { canonicalText } from '../../domain/canonical.ts';
import type { Change } from './change.ts';
import type { Line } from './lines.ts';

/** What became of a change, read back: '' when all is as it should be, else why not. */
export interface Verified {
  readonly reason: '' | 'model-differs' | 'outside-changed';
  /** The lines that now stand where the change was made. */
  readonly written: readonly Line[];
}

const withText = (lines: readonly Line[]): Line[] =>
  lines.filter((line) => canonicalText(line.text) !== '');

const alike = (a: readonly Line[], b: readonly Line[]): boolean =>
  a.length === b.length &&
  a.every((line, index) => canonicalText(line.text) === canonicalText(b[index]?.text ?? ''));

const sameForm = (a: readonly Line[], b: readonly Line[]): boolean =>
  a.every((line, index) => {
    const other = b[index];
    return (
      other !== undefined &&
      line.marks.size === other.marks.size &&
      [...line.marks].every((mark) => other.marks.has(mark)) &&
      JSON.stringify(line.links) === JSON.stringify(other.links)
    );
  });

/** An editor may turn a written address into a link to itself, but into no other. */
const linksToItself = ({ links }: Line): boolean =>
  links.every(({ text, href }) => {
    const bare = (address: string) =>
      address.replace(/^(?:https?:\/\/|mailto:)/iu, '').replace(/\/$/u, '');
    return bare(text.trim()) === bare(href.trim());
  });

/**
 * Compares a composer before and after a change. Lines without text do not count. Outside the
 * change every line must have kept its text, formatting and links; inside stands exactly the new
 * text, with no link to somewhere else.
 */
export function verifyChange(
  before: readonly Line[],
  after: readonly Line[],
  change: Change,
): Verified {
  const above = withText(before.slice(0, change.first));
  const below = withText(before.slice(change.last + 1));
  const now = withText(after);
  const end = Math.max(above.length, now.length - below.length);
  const written = now.slice(above.length, end);
  const nowAbove = now.slice(0, above.length);
  const nowBelow = now.slice(end);
  const outside =
    alike(above, nowAbove) &&
    alike(below, nowBelow) &&
    sameForm(above, nowAbove) &&
    sameForm(below, nowBelow);
  if (!outside) return { reason: 'outside-changed', written };
  const right =
    canonicalText(written.map((line) => line.text).join('\n')) ===
    canonicalText(change.text.join('\n'));
  return { reason: right && written.every(linksToItself) ? '' : 'model-differs', written };
}

/** True when both read the same, whatever their formatting. */
export function sameText(a: readonly Line[], b: readonly Line[]): boolean {
  return alike(withText(a), withText(b));
}

/** True when nothing a reader could see differs: the state after a complete undo. */
export function sameLines(a: readonly Line[], b: readonly Line[]): boolean {
  const x = withText(a);
  const y = withText(b);
  return alike(x, y) && sameForm(x, y);
}

/** Names of formatting that stood in the replaced lines and is no longer there. */
export function droppedMarks(
  before: readonly Line[],
  change: Change,
  written: readonly Line[],
): string[] {
  const kept = new Set(written.flatMap((line) => [...line.marks]));
  const had = new Set(
    before.slice(change.first, change.last + 1).flatMap((line) => [...line.marks]),
  );
  return [...had].filter((mark) => !kept.has(mark)).sort();
}
