import { escapeHtml, Html } from './html.ts';

/** Elements that a reply may hold; none keeps an attribute of its own. */
const PLAIN = new Set([
  'p',
  'br',
  'strong',
  'em',
  'u',
  's',
  'ul',
  'ol',
  'li',
  'blockquote',
  'code',
]);
const TAG = /<(?<close>\/?)(?<name>[a-z][a-z0-9]*)(?<attributes>[^<>]*)>/giu;
const WEB = /\bhref="(?<href>https?:\/\/[^"<>]*)"/u;

function safeTag(tag: RegExpMatchArray): string {
  const { close = '', attributes = '' } = tag.groups ?? {};
  const name = (tag.groups?.['name'] ?? '').toLowerCase();
  if (PLAIN.has(name)) return `<${close}${name}>`;
  if (name !== 'a') return '';
  if (close !== '') return '</a>';
  const href = WEB.exec(attributes)?.groups?.['href'];
  return href === undefined ? '<a>' : `<a href="${href}" rel="noreferrer">`;
}

/** Text between tags: its entities stay, a stray mark of HTML becomes text. */
const safeText = (text: string): string => text.replace(/[<>"']/g, escapeHtml);

/** A stored reply as HTML for the thread: known elements and web links only. */
export function storedHtml(content: string): Html {
  let out = '';
  let at = 0;
  for (const tag of content.matchAll(TAG)) {
    out += safeText(content.slice(at, tag.index)) + safeTag(tag);
    at = tag.index + tag[0].length;
  }
  return new Html(out + safeText(content.slice(at)));
}
