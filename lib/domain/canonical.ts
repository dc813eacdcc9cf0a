/**
 * The one rule by which two texts count as the same reply.
 *
 * Editors, wires and servers disagree about line breaks, blank lines, non-breaking and repeated
 * spaces; none of these changes what a reader is told. Everything else, hidden and bidirectional
 * control characters included, is content and must match.
 *
 * Rule v1: well-formed Unicode in NFC; every line break (CRLF, CR, VT, FF, NEL, LS, PS) is LF; every run of
 * spaces, tabs and Unicode space separators is one space; lines are trimmed, also of U+200B and
 * U+FEFF that editors leave at line ends as caret fillers; empty lines are dropped.
 */
export const CANONICAL_RULE = 1;

const LINE_BREAKS = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/gu;
const SPACES = /[\t\p{Zs}]+/gu;
const EDGES = new Set([' ', '\u200b', '\ufeff']);

/** Trims by steps: a pattern anchored at the end is quadratic on a long run of fillers inside a line. */
function trimEdges(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && EDGES.has(line.charAt(start))) start += 1;
  while (end > start && EDGES.has(line.charAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

/** The canonical form of a text; idempotent. Never throws: lone surrogates become U+FFFD. */
export function canonicalText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(LINE_BREAKS, '\n')
    .split('\n')
    .map((line) => trimEdges(line.replace(SPACES, ' ')))
    .filter((line) => line !== '')
    .join('\n');
}
