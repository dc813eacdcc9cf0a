import type { ComposerAt, NotASend } from '../../sites/site-parts.ts';
import type { Bound, SendKind } from '../../domain/bound.ts';
import { bare, htmlText } from '../locate/unrendered.ts';
import { kindOfValue } from '../composer/read-parts.ts';

/** What a form body says of a composer. */
export interface Body {
  /** The text as it leaves; null when the body does not carry it in a field that we know. */
  text: string | null;
  kind: SendKind | null;
  /** False when the body carries another text, or another kind, than the composer shows. */
  same: boolean;
}

/** Longest form field that is read, in UTF-16 units. */
const MAX_FIELD = 1_048_576;

/** What differs from the composer in white space only is reported as the composer's own text. */
function asShown(value: string, shown: string, rich: boolean): { text: string; same: boolean } {
  const text = value.slice(0, MAX_FIELD);
  if (bare(text) === bare(shown)) return { text: shown, same: true };
  const read = htmlText(text);
  if (bare(read) === bare(shown)) return { text: shown, same: true };
  return { text: rich ? read : text, same: false };
}

/** Whether the body belongs to an autosave, a preview or the like. */
export function isDraftBody(body: FormData, rules: NotASend): boolean {
  return rules.fields.some(
    ({ name, value }) => body.has(name) && (value === undefined || body.get(name) === value),
  );
}

/** Reads a form body against what the composer shows; `rich` when that is no plain field. */
export function readBody(body: FormData, at: ComposerAt, bound: Bound, rich: boolean): Body {
  const shown = bound.text;
  const kindField = typeof at.kind === 'string' ? undefined : at.kind.field;
  const kindValue = kindField === undefined ? null : body.get(kindField);
  const kind = typeof kindValue === 'string' ? kindOfValue(at.kind, kindValue) : null;
  const sameKind = kind === null || kind === 'unknown' || kind === bound.kind;
  if (at.field !== undefined) {
    const value = body.get(at.field);
    if (typeof value !== 'string') return { text: null, kind, same: sameKind };
    const found = asShown(value, shown, rich);
    return { text: found.text, kind, same: found.same && sameKind };
  }
  if (bare(shown) === '') return { text: null, kind, same: sameKind };
  for (const value of body.values()) {
    if (typeof value !== 'string' || value.length < bare(shown).length) continue;
    const found = asShown(value, shown, rich);
    if (found.same) return { text: found.text, kind, same: sameKind };
  }
  return { text: null, kind, same: sameKind };
}
