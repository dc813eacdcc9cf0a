import { strong, type Ask, type Mention } from './mention.ts';
import { TIME_UNIT_PATTERN } from './units.ts';

const ROLES =
  'order|ticket|case|invoice|request|booking|reservation|reference|ref|customer|client|account|contract|serial|tracking|shipment|parcel|package|transaction|payment|rma|po|claim|article|sku|model|part|flight|train|quote|quotation|voucher|coupon|promo|discount|subscription|licen[cs]e|membership|member|device|delivery|return|credit note|purchase order|bestellung|auftrag|rechnung|kundennummer|bestellnummer|auftragsnummer|rechnungsnummer|ticketnummer|sendungsnummer|commande|facture|pedido|factura';
/** Places whose one- or two-digit number is an id: "room 12", "gate 5". */
const PLACES = 'room|gate|platform|seat|terminal|bay|desk|version|build|release';
const CODE = '[A-Za-z\\d](?:[A-Za-z\\d._/-]{0,38}[A-Za-z\\d])?';
const LABEL =
  '(?:[ \\u00a0]?(?:no\\.?|nr\\.?|nº|num\\.?|number|id|code|ref\\.?|reference|nummer)(?![\\p{L}]))?';
/** In a record the value often stands in the next cell or line. */
const SIGN = '(?:[ \\u00a0]?[:#=]|[ \\u00a0](?:is|was|ist)(?![\\p{L}]))?[ \\u00a0\\t]?\\n?#?';

const IN_ROLE = new RegExp(
  `(?<![\\p{L}\\d])(?<role>${ROLES})(?<label>${LABEL})(?<sign>${SIGN})(?=[A-Za-z._/-]{0,20}\\d)(?<id>${CODE})(?![\\p{L}\\d])`,
  'giu',
);
const PLACE = new RegExp(
  `(?<![\\p{L}\\d])(?<role>${PLACES}) (?=[A-Za-z]{0,3}\\d)(?<id>${CODE})(?![\\p{L}\\d])`,
  'giu',
);
const HASH = /(?<![\p{L}\d&#/])#(?<id>[A-Za-z]{0,5}-?\d[A-Za-z\d-]{0,30})(?![\p{L}\d])/gu;
const ENDING =
  /(?<=(?<!\p{L})(?:ending|ends|endend|endet)(?: in| with| on| auf| mit)? )(?<id>\d{3,6})(?!\d)|(?<=[*•x×·]{2,20}[ -]?)(?<id2>\d{3,6})(?!\d)/gu;
const IBAN =
  /(?=[A-Z])(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?![\p{L}\d])/gu;
/** Upper-case letters and at least three digits, as in ABC-123, INV-2026-0042, 1Z999AA1. */
const MIXED =
  /(?=[A-Z\d])(?<![\p{L}\d_/-])(?=[\d_/-]{0,40}[A-Z])(?=(?:[A-Z_/-]{0,40}\d){3})[A-Z\d]{1,30}(?:[-_/][A-Z\d]{1,30}){0,6}(?![\p{L}\d_-])/gu;
const UUID =
  /(?=[\dA-Fa-f]{8}-)(?<![\p{L}\d-])[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}(?![\p{L}\d-])/gu;
const LONG = /(?=\d)(?<![\p{L}\d.,-])\d{9,40}(?![\p{L}\d-])(?![.,]\d)/gu;
const EMAIL =
  /(?<![A-Za-z\d._%+-])[A-Za-z\d._%+-]{1,64}@(?:[A-Za-z\d-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z\d-])/gu;
const PHONE =
  /(?=[+(\d])(?<![\p{L}\d])(?:\+\d[\d\u00a0 ()./-]{6,18}\d|\(0?\d{2,5}\)[\u00a0 -]?\d[\d\u00a0 -]{3,12}\d|0\d{2,5}[\u00a0 /-]\d{3,4}[\u00a0 -]?\d{3,8}|\d{3}[-.]\d{3}[-.]\d{4})(?![\p{L}\d])/gu;
const CALLED =
  /(?<=(?<!\p{L})(?:tel|phone|telefon|fax|mobile|whatsapp|call(?: us)?(?: on| at)?)\.?:? )\(?\d[\d\u00a0 ()./-]{5,18}\d(?![\p{L}\d])/giu;
const COUNTED = new RegExp(
  `^[ \\u00a0-]?(?:business |working |calendar )?(?:${TIME_UNIT_PATTERN})(?!\\p{L})`,
  'iu',
);

/** IBANs, e-mail addresses and phone numbers. */
export function recogniseContacts(text: string): Mention[] {
  return [
    ...[...text.matchAll(IBAN)].map((match) =>
      idMention(match, match[0].replaceAll(' ', ''), 'iban'),
    ),
    ...(text.includes('@') ? [...text.matchAll(EMAIL)] : []).map((match) => {
      const value = match[0].toLowerCase();
      return mention(match, value, 'email', [`mail:${value}`], [strong(`mail:${value}`)]);
    }),
    ...[PHONE, CALLED].flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const digits = match[0].replace(/\D/g, '');
        if (digits.length < 7) return [];
        // The same line with and without its country code ends in the same digits.
        const key = `phone:${digits.slice(-8)}`;
        const value = (match[0].startsWith('+') ? '+' : '') + digits;
        return [mention(match, value, 'phone', [key], [strong(key)])];
      }),
    ),
  ];
}

/** Ids: order and ticket numbers, tracking numbers, card endings, product codes. */
export function recogniseIds(text: string): Mention[] {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)];
  return [
    ...all(UUID).map((match) => idMention(match, match[0], '')),
    ...all(IN_ROLE).flatMap((match) => {
      const { role = '', label = '', sign = '', id = '' } = match.groups ?? {};
      const named = label !== '' || /[#:=]/.test(sign);
      const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 24);
      // "order 30 days", "payment 2", "return 14 days" count things; they name no order.
      const counts = /^\d+$/.test(id) && !named && (id.length < 3 || COUNTED.test(rest));
      if (counts || (!named && !/^[A-Z\d._/-]+$/.test(id))) return [];
      return [idMention(match, id, roleOf(role), id)];
    }),
    ...all(PLACE).map((match) => {
      const { role = '', id = '' } = match.groups ?? {};
      return idMention(match, id, role.toLowerCase(), id);
    }),
    ...all(HASH).map((match) => idMention(match, match.groups?.['id'] ?? '', '')),
    ...all(ENDING).map((match) =>
      idMention(match, match.groups?.['id'] ?? match.groups?.['id2'] ?? '', 'ending'),
    ),
    ...all(MIXED).map((match) => idMention(match, match[0], '')),
    ...all(LONG).map((match) => idMention(match, match[0], '')),
  ];
}

/** Words for the same thing share a role, so that their values can contradict each other. */
function roleOf(role: string): string {
  const word = role.toLowerCase();
  if (/^(?:purchase order|po|bestell|auftrag|commande|pedido)/.test(word)) return 'order';
  if (/^(?:rechnung|facture|factura)/.test(word)) return 'invoice';
  if (/^(?:ticket|case|request)/.test(word)) return 'ticket';
  if (/^(?:tracking|sendung|shipment|parcel|package|delivery)/.test(word)) return 'tracking';
  if (/^(?:booking|reservation)/.test(word)) return 'booking';
  return /^(?:customer|client|kunden)/.test(word) ? 'customer' : word;
}

/** `shown` is the part of the match that is the id: the fact covers only it. */
function idMention(match: RegExpExecArray, id: string, role: string, shown = match[0]): Mention {
  const value = id.toUpperCase();
  const key = value.replace(role === 'version' ? /[^A-Z\d.]/g : /[^A-Z\d]/g, '');
  const tail = /^[A-Z]+(\d{4,})$/.exec(key)?.[1];
  const asks: Ask[] = [strong(`id:${key}`), strong(`id-tail:${key}`)];
  // "ORD-1182" in one place is "order 1182" in another.
  if (tail !== undefined) asks.push(strong(`id:${tail}`));
  const offers = [`id:${key}`, ...(tail === undefined ? [] : [`id-tail:${tail}`])];
  const start = match.index + match[0].lastIndexOf(shown);
  return {
    ...mention(match, value, `id:${role}`, offers, asks),
    start,
    end: start + shown.length,
  };
}

function mention(
  match: RegExpExecArray,
  value: string,
  family: string,
  offers: readonly string[],
  asks: readonly Ask[],
): Mention {
  return {
    kind: 'id',
    start: match.index,
    end: match.index + match[0].length,
    value,
    family,
    offers,
    asks,
  };
}
