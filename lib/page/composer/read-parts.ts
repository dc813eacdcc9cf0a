import type { SendKind } from '../../domain/bound.ts';
import type { ComposerAt, KindFrom } from '../../sites/site-parts.ts';
import { attribute, findAll } from '../locate/query.ts';
import { controlValue, lineOf } from '../locate/read-text.ts';

/** Most recipients or attachments named of one composer. */
const MAX_LISTED = 200;

function isTicked(element: Element): boolean {
  return !('checked' in element) || element.checked === true;
}

function isTickable(element: Element): boolean {
  const type = attribute(element, 'type')?.toLowerCase();
  return element.localName === 'input' && (type === 'checkbox' || type === 'radio');
}

/** The values a control would send: none for what is not ticked. */
function valuesOf(element: Element, from: { attribute?: string | undefined }): string[] {
  if (from.attribute !== undefined) return [attribute(element, from.attribute) ?? ''];
  if (isTickable(element)) return isTicked(element) ? [controlValue(element)] : [];
  if (/^(?:select|input|textarea|button)$/u.test(element.localName)) return [controlValue(element)];
  return [lineOf(element, 200)];
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
  const kinds = new Set(values.map((value) => kindOfValue(kind, value)));
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
  const named = at.recipients
    .flatMap((selector) => findAll(document, selector))
    .flatMap((element) => valuesOf(element, {}))
    .flatMap((value) => value.split(/[,;\n]/u))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return [...new Set(named)].slice(0, MAX_LISTED);
}

/** Names of what is attached; null when the site does not locate that. */
export function readAttachments(at: ComposerAt, document: Document): string[] | null {
  if (at.attachments === undefined) return null;
  return at.attachments
    .flatMap((selector) => findAll(document, selector))
    .flatMap((element) => fileNames(element) ?? [lineOf(element, 300)])
    .filter((name) => name !== '')
    .slice(0, MAX_LISTED);
}
