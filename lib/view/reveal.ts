import type { HiddenMark } from '../domain/hidden.ts';

/** Text to read, or a run of hidden characters of one kind with its name. */
export type Run =
  | { kind: 'text'; text: string }
  | { kind: 'hidden'; name: HiddenMark['name']; code: string; times: number; shows: string };

/** Most chips shown in one segment; a flood of hidden characters must not hang the screen. */
const MAX_RUNS = 400;

const codeOf = (char: string) =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Cuts a piece of a text into readable and hidden runs. `from` is where the piece stands in the text
 * that `marks` speak of: the marks are found in the whole text, since what is hidden depends on what
 * stands around it.
 */
export function runsOf(piece: string, from: number, marks: readonly HiddenMark[]): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const mark of marks) {
    const start = mark.start - from;
    if (start < at || start >= piece.length) continue;
    if (runs.length >= MAX_RUNS) break;
    if (start > at) runs.push({ kind: 'text', text: piece.slice(at, start) });
    at = start + mark.char.length;
    const last = runs.at(-1);
    const shows = mark.name === 'look-alike' ? mark.char : '';
    if (last?.kind === 'hidden' && last.name === mark.name) {
      last.times += 1;
      last.shows += shows;
    } else runs.push({ kind: 'hidden', name: mark.name, code: codeOf(mark.char), times: 1, shows });
  }
  if (at < piece.length) runs.push({ kind: 'text', text: piece.slice(at) });
  return runs;
}
