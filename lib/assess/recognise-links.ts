import { strong, type Mention } from './mention.ts';

const HOSTS =
  'com|org|net|edu|gov|io|co|ai|app|dev|shop|store|info|biz|eu|uk|ca|au|nz|de|ch|fr|es|pt|nl|dk|se|fi|pl|cz|ie|jp|cn|br|mx|ru|example|test';
/** Ends that are also words ("shipped.it was late"): a host only with a path behind it. */
const WORD_HOSTS = 'at|be|in|is|it|me|no|so|to|us';
const WEB = /(?<![\p{L}\d])(?:https?:\/\/|www\.)[^\s<>"'`{}|\\^]{1,2000}/giu;
const MARKDOWN = /\[(?<shown>[^\]\n[]{1,300})\]\((?<href>[^\s()<>]{1,2000})\)/gu;
const BARE = new RegExp(
  `(?<![\\p{L}\\d@./_-])(?:[a-zA-Z\\d](?:[a-zA-Z\\d-]{0,62})\\.){1,5}(?:${HOSTS}|(?:${WORD_HOSTS})(?=\\/))(?![\\p{L}\\d@-])(?!\\.[a-z\\d])(?:\\/[^\\s<>"'\`{}|\\\\^]{0,2000})?`,
  'gu',
);
/** Schemes that run or read instead of opening a page: no source makes them right in a reply. */
const REFUSED =
  /(?<![\p{L}\d])(?:javascript|vbscript|chrome-extension|file|blob):[^\s<>"']{1,500}|(?<![\p{L}\d])data:[a-z]{2,20}\/[^\s<>"']{1,500}/giu;

/** Links in a text: web addresses, bare hosts, Markdown links, and schemes that run code. */
export function recogniseLinks(text: string): Mention[] {
  const markdown = [...text.matchAll(MARKDOWN)].flatMap((match) => {
    const { shown = '', href = '' } = match.groups ?? {};
    const mention = linkMention(match.index, match.index + match[0].length, href);
    if (mention === null) return [];
    return [
      showsOtherHost(shown, href) ? { ...mention, refused: 'shows-other-host' as const } : mention,
    ];
  });
  return [
    ...markdown,
    ...[...text.matchAll(REFUSED)].map((match) => refusedLink(match.index, match[0])),
    ...[WEB, BARE].flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const address = trimmed(match[0]);
        const mention = linkMention(match.index, match.index + address.length, address);
        return mention === null ? [] : [mention];
      }),
    ),
  ];
}

/** A link of the composer as a fact, where its text stands; null when the address is no web page. */
export function linkMention(start: number, end: number, href: string): Mention | null {
  if (new RegExp(REFUSED.source, 'iu').test(href)) return { ...refusedLink(start, href), end };
  const url = parsed(href);
  if (url === null) return null;
  const host = hostOf(url);
  const value = `${host}${pathOf(url)}`;
  const hostOnly = value === host;
  return {
    kind: 'link',
    start,
    end,
    value,
    family: 'link',
    offers: [`link:${value}`, `host:${host}`, ...idsIn(url)],
    asks: [strong(hostOnly ? `host:${host}` : `link:${value}`)],
  };
}

/** True when the shown text names a host and the link goes to another site. */
export function showsOtherHost(shown: string, href: string): boolean {
  const text = shown.trim();
  const names = [...text.matchAll(WEB), ...text.matchAll(BARE)].map((match) => trimmed(match[0]));
  const [first] = names;
  const url = parsed(href);
  const shownUrl = first === undefined ? null : parsed(first);
  if (url === null || shownUrl === null) return false;
  const [a, b] = [hostOf(shownUrl), hostOf(url)];
  return a !== b && !b.endsWith(`.${a}`) && !a.endsWith(`.${b}`);
}

/** Host of a link value, e.g. to compare two of them. */
export function hostOfValue(value: string): string {
  return value.split(/[/?]/, 1)[0] ?? value;
}

function refusedLink(start: number, address: string): Mention {
  return {
    kind: 'link',
    start,
    end: start + address.length,
    value: address,
    family: 'link',
    offers: [],
    asks: [],
    refused: 'runs-code',
  };
}

/** Closing marks of the sentence are no part of an address; a bracket is when it was opened in it. */
function trimmed(address: string): string {
  const count = (mark: string) => address.split(mark).length - 1;
  const unopened = { ')': count(')') - count('('), ']': count(']') - count('[') };
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1] ?? '';
    if (last === ')' || last === ']') {
      if (unopened[last] <= 0) break;
      unopened[last] -= 1;
    } else if (!/[.,;:!?*_…。，]/u.test(last)) break;
    end -= 1;
  }
  return address.slice(0, end);
}

function parsed(address: string): URL | null {
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`);
  return url !== null && url.hostname.includes('.') ? url : null;
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^www\./, '').replace(/\.$/, '');
}

function pathOf(url: URL): string {
  const query = new URLSearchParams(url.search);
  for (const name of Array.from(query.keys()))
    if (/^(?:utm_|fbclid$|gclid$)/i.test(name)) query.delete(name);
  const search = query.toString();
  return url.pathname.replace(/\/+$/, '') + (search === '' ? '' : `?${search}`);
}

/** Numbers in an address ("/orders/1182") support the same number in the draft. */
function idsIn(url: URL): string[] {
  const parts = `${url.pathname}/${url.search}`.split(/[^A-Za-z0-9]+/, 50);
  return parts.filter((part) => /\d{3}/.test(part)).map((part) => `id:${part.toUpperCase()}`);
}
