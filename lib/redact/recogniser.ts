import type { RedactionKind } from './kinds.ts';

/** A stretch of a view that a recogniser claims. */
export interface Span {
  kind: RedactionKind;
  from: number;
  to: number;
  /** Words nearby speak for the kind: such a claim names a stretch that several claim. */
  named: boolean;
}

/** One form in which a kind is written, and what must hold for it. */
export interface Recogniser {
  kind: RedactionKind;
  /** Global; its group `value`, if it has one, is the secret part. Must run in linear time. */
  pattern: RegExp;
  /** Check digits, ranges: true, false, or how much of the value holds (0: none of it). */
  check?: (value: string, name: string) => boolean | number;
  /** Words that speak for the kind. */
  near?: RegExp;
  /** True: without such words it is not this kind. */
  needsNear?: true;
  /** Words just before that say it is something else. */
  unless?: RegExp;
}

/** How far words that speak for a kind may stand off, in UTF-16 units. */
const BEFORE = 48;
const AFTER = 28;
/** Words that speak against it stand closer. */
const VETO = 26;

/** All stretches of `text` that `recogniser` claims. Linear: each start is tried at most once. */
export function claims(text: string, recogniser: Recogniser): Span[] {
  const { kind, check, near, needsNear, unless } = recogniser;
  const pattern = new RegExp(recogniser.pattern.source, withIndices(recogniser.pattern.flags));
  const spans: Span[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [start, end] = match.indices?.groups?.['value'] ?? [match.index, pattern.lastIndex];
    const held = check?.(text.slice(start, end), match.groups?.['name'] ?? '') ?? true;
    const to = typeof held === 'number' ? start + held : end;
    const holds = held !== false && to > start;
    const named = holds && near !== undefined && isNear(text, near, start, to);
    const allowed = holds && (named || needsNear === undefined);
    const vetoed = allowed && !named && unless?.test(text.slice(Math.max(0, start - VETO), start));
    if (allowed && vetoed !== true) {
      spans.push({ kind, from: start, to, named });
      pattern.lastIndex = Math.max(to, match.index + 1);
    } else pattern.lastIndex = match.index + 1;
  }
  return spans;
}

function withIndices(flags: string): string {
  return flags.includes('d') ? flags : `${flags}d`;
}

function isNear(text: string, near: RegExp, from: number, to: number): boolean {
  return (
    near.test(text.slice(Math.max(0, from - BEFORE), from)) || near.test(text.slice(to, to + AFTER))
  );
}

/** Signs that make a number or word go on; the mask of a placeholder is one. */
export const WORD = 'A-Za-z\\u00c0-\\u024f\\d_\\uffff';
/** Nothing before that the value could be the end of. */
export const START = `(?<![${WORD}])(?<!\\d[.,])`;
/** Nothing behind that the value could be the beginning of. */
export const END = `(?![${WORD}]|[.,]\\d)`;

/** A value without what is put between its parts for reading. */
export const bare = (value: string): string => value.replace(/[^A-Za-z\d]/g, '');

/** A pattern that stands free in its surroundings. */
export const free = (source: string, flags = ''): RegExp =>
  new RegExp(`${START}(?:${source})${END}`, `gu${flags}`);

/** Any of `words` (alternatives), at the beginning of a word. */
export const words = (source: string): RegExp => new RegExp(`(?<!\\p{L})(?:${source})`, 'iu');

/** Things with numbers of their own: a number behind such a word is not a person's. */
export const THING = words(
  'order|ticket|invoice|track|parcel|shipment|package|ref(?:erence)?(?!\\p{L})|case(?!\\p{L})|sku|item|article|part|serial|isbn|ean(?!\\p{L})|gtin|imei|booking|contract|customer|commit|build|job|run|bestell|auftrag|rechnung|sendung|kunden|vorgang|fall|artikel|serien|commande|colis|facture|réf|série|numéro de série|pedido|factura|envío|protocolo|ordine|fattura|zamów|faktur|varenu|tilaus|bestill|timestamp|epoch|注文|追跡|订单|订单号',
);
