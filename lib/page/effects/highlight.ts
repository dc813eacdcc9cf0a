/** Name of the highlight, and how long it stays, in milliseconds. */
const NAME = 'countersign';
const SHOWN_MS = 8000;
/** Longest page that is searched, in UTF-16 units, and longest quote looked for. */
const MAX_SEARCHED = 2_000_000;
const MAX_QUOTE = 2000;

/** A letter of the page's text without white space, and where it stands. */
interface Place {
  node: Text;
  offset: number;
}

/** The range of the page that holds the quote, white space and case aside; null when there is none. */
export function findQuote(quote: string, document: Document): Range | null {
  const wanted = squeeze(quote.slice(0, MAX_QUOTE));
  if (wanted === '') return null;
  const starts: { at: number; node: Text }[] = [];
  let text = '';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.checkVisibility() !== true) continue;
    starts.push({ at: text.length, node });
    text += squeeze(node.data);
    if (text.length > MAX_SEARCHED) break;
  }
  const found = text.indexOf(wanted);
  if (found === -1) return null;
  const first = placeAt(starts, found);
  const last = placeAt(starts, found + wanted.length - 1);
  if (first === null || last === null) return null;
  const range = document.createRange();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset + 1);
  return range;
}

/** Lower case is kept to one unit per unit, so that places can be counted back. */
function squeeze(text: string): string {
  return [...text.matchAll(/\S/gu)].map(([letter]) => lower(letter)).join('');
}

function lower(letter: string): string {
  const low = letter.toLowerCase();
  return low.length === letter.length ? low : letter;
}

function placeAt(starts: readonly { at: number; node: Text }[], index: number): Place | null {
  const start = starts.findLast((one) => one.at <= index);
  if (start === undefined) return null;
  let left = index - start.at;
  for (const match of start.node.data.matchAll(/\S/gu)) {
    if (left < match[0].length) return { node: start.node, offset: match.index + left };
    left -= match[0].length;
  }
  return null;
}

/** Shows the quote in the page for a while, without touching its DOM. False when it is not there. */
export function highlightQuote(quote: string, document: Document): boolean {
  const range = findQuote(quote, document);
  if (range === null) return false;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`::highlight(${NAME}) { background-color: #ffd54a; color: #1a1a1a; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const highlight = new Highlight(range);
  CSS.highlights.set(NAME, highlight);
  range.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
  setTimeout(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    if (CSS.highlights.get(NAME) === highlight) CSS.highlights.delete(NAME);
  }, SHOWN_MS);
  return true;
}
