import { words, type Recogniser } from './recogniser.ts';

const IP_WORDS = words('ip(?!\\p{L})|ipv[46]|host|server|dns|gateway|subnet|firewall|addr|login');
/** Versions and paragraphs are written like addresses. */
const VERSION = words(
  '(?:v|ver|version|release|firmware|build|upgrade|update|from|section|clause|chapter|kapitel|§+|abschnitt|artikel|article|version[es]|versión|versione|\\p{L}{2,20}/)[ .:]{0,3}$',
);
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const HEX2 = '[\\da-fA-F]{2}';

/** Small numbers alone are a version rather than an address. */
const isLargeOrPrivate = (value: string) => {
  const octets = value.split('.').map(Number);
  return octets[0] === 10 || octets.some((octet) => octet > 31);
};

/** RFC 4291: eight groups, or fewer around one `::`. */
function isIpv6(value: string): boolean {
  const groups = value.split(':').filter((group) => group !== '');
  const halves = value.split('::');
  if (halves.length > 2 || value.includes(':::')) return false;
  if (halves.length === 1) return groups.length === 8;
  return groups.length >= 3 && groups.length <= 7 && /\d/.test(value);
}

const V4 = `(?<![\\w.\\uffff-])${OCTET}(?:\\.${OCTET}){3}(?![\\w\\uffff]|\\.\\d)`;

export const NETWORK: readonly Recogniser[] = [
  { kind: 'ip', pattern: new RegExp(V4, 'gu'), near: IP_WORDS, needsNear: true },
  { kind: 'ip', pattern: new RegExp(V4, 'gu'), check: isLargeOrPrivate, unless: VERSION },
  {
    kind: 'ip',
    pattern: /(?<![\w:.\uffff])(?:[\da-fA-F]{0,4}:){2,7}[\da-fA-F]{0,4}(?!:?[\w\uffff])/gu,
    check: isIpv6,
  },
  {
    kind: 'mac',
    pattern: new RegExp(
      `(?<![\\w\\uffff])(?<!${HEX2}[:-])(?:${HEX2}(?:(?::${HEX2}){5}|(?:-${HEX2}){5})|[\\da-fA-F]{4}\\.[\\da-fA-F]{4}\\.[\\da-fA-F]{4})(?![:-]?[\\w\\uffff])`,
      'gu',
    ),
  },
];
