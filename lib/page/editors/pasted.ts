import { isBlank, type Change } from './change.ts';
import type { Line } from './lines.ts';
import { BLANK_LINE_IS_PARAGRAPH, TAKES_HTML } from './vocabulary.ts';

/** What a paste carries: always plain text, and HTML for editors that need it, else ''. */
export interface Pasted {
  readonly text: string;
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/gu, (character) => ENTITIES[character] ?? character);

/** The new text as this editor wants it pasted, so that paragraphs stay paragraphs. */
export function pasted(root: Element, lines: readonly Line[], change: Change): Pasted {
  const old = lines.slice(change.first, change.last + 1);
  const around = lines.slice(Math.max(0, change.first - 1), change.last + 2);
  // Lines of one paragraph stay in it, parted by line breaks.
  const broken =
    old.every((line) => line.paragraph === old[0]?.paragraph) &&
    around.filter((line) => line.paragraph === old[0]?.paragraph).length > 1;
  const blankLines = root.matches(BLANK_LINE_IS_PARAGRAPH) && !broken && !change.text.some(isBlank);
  const text = change.text.join(blankLines ? '\n\n' : '\n');
  if (!root.matches(TAKES_HTML)) return { text, html: '' };
  // Where the draft had no empty paragraphs, a blank line only says "a new paragraph".
  const spaced = old.some((line) => isBlank(line.text));
  const kept = broken || spaced ? change.text : change.text.filter((line) => !isBlank(line));
  const html = kept.map((line) => (isBlank(line) ? '<br>' : escapeHtml(line)));
  if (broken || html.length === 1) return { text, html: html.join('<br>') };
  return { text, html: `<p>${html.join('</p><p>')}</p>` };
}
