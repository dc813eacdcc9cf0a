import type { SendKind } from '../../domain/bound.ts';
import type { ComposerAt, KindFrom } from '../../sites/site-parts.ts';
import { attribute, findAll } from '../locate/query.ts';
import { chosenValues, controlValue, oneLine, textOf } from '../locate/read-text.ts';

/** Most recipients, or attachments, that a composer may have, and the length of all their names. */
const MAX_LISTED = 2000;
const MAX_LISTED_TEXT = 200_000;

/** A list cut to what can be told of; above it the composer counts as too long. */
export function withinCaps(list: readonly string[]): string[] {
  let room = MAX_LISTED_TEXT;
  return list.slice(0, MAX_LISTED).filter((entry) => (room -= entry.length) >= 0);
}

function isTicked(element: Element): boolean {
  return !('checked' in element) || element.checked === true;
}

function isTickable(element: Element): boolean {
  const type = attribute(element, 'type')?.toLowerCase();
  return element.localName === 'input' && (type === 'checkbox' || type === 'radio');
}

/** All that stands in an element, on buttons and folded away too. */
function wholeText(element: Element): string {
  return textOf(element, Infinity, false);
}

/** All elements: what is left out here would leave without being bound. */
function located(selectors: readonly string[], document: Document): Element[] {
  return selectors.flatMap((selector) => findAll(document, selector, Infinity));
}

/** The values a control would send: none for what is not ticked. */
function valuesOf(element: Element, from: { attribute?: string | undefined }): string[] {
  if (from.attribute !== undefined) return [attribute(element, from.attribute) ?? ''];
  if (isTickable(element)) return isTicked(element) ? [controlValue(element)] : [];
  const chosen = chosenValues(element);
  if (chosen !== null) return chosen;
  const value = /^(?:input|textarea|button)$/u.test(element.localName) ? controlValue(element) : '';
  return [value || wholeText(element)];
}

/** Whether a value that the app uses means reply or note. */
export function kindOfValue(kind: KindFrom, value: string): SendKind {
  if (typeof kind === 'string') return kind;
  if (kind.reply.includes(value)) return 'reply';
  return kind.note.includes(value) ? 'note' : 'unknown';
}

/** Whether the composer leaves as reply or note, by its control; `unknown` when that says neither. */
export function readKind(kind: KindFrom, document: Document): SendKind {
  if (typeof kind === 'string') return kind;
  const values = findAll(document, kind.selector).flatMap((element) => valuesOf(element, kind));
  const kinds = new Set(values.map((value) => kindOfValue(kind, oneLine(value))));
  kinds.delete('unknown');
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'unknown';
}

function fileNames(element: Element): string[] | null {
  if (!('files' in element) || !(element.files instanceof FileList)) return null;
  return [...element.files].map((file) => file.name);
}

/** Who gets it; null when the site does not locate that. Address lists are cut at , ; and line ends; each counts once. */
export function readRecipients(at: ComposerAt, document: Document): string[] | null {
  if (at.recipients === undefined) return null;
  const named = located(at.recipients, document)
    .flatMap((element) => valuesOf(element, {}))
    .flatMap((value) => value.split(/[,;\n]/u))
    // The sign on a chip by which it is taken away.
    .map((value) => oneLine(value).replace(/\s*[×✕✖]$/u, ''))
    .filter((value) => value !== '');
  return [...new Set(named)];
}

/** Names of what is attached; null when the site does not locate that. */
export function readAttachments(at: ComposerAt, document: Document): string[] | null {
  if (at.attachments === undefined) return null;
  return located(at.attachments, document)
    .flatMap((element) => fileNames(element) ?? [oneLine(wholeText(element))])
    .filter((name) => name !== '');
}
