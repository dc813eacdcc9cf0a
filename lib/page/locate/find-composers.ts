import type { ComposerAt } from '../../sites/site-parts.ts';
import type { SiteDescription } from '../../sites/site-description.ts';
import { openEditor, type EditorHandle } from '../editors/index.ts';
import { boxOf } from './box-of.ts';
import { formOf } from './form-of.ts';
import { findAll, holds } from './query.ts';

/** An editor found in the page by a description's composer. */
export interface FoundComposer {
  at: ComposerAt;
  handle: EditorHandle;
  /** Which of this box's editors it is, in the order of the description and of the document. */
  position: number;
}

/** Most composers watched in one document. */
const MAX_COMPOSERS = 20;

function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/**
 * Every editor of the site that a person can see now. What is hidden is none: a rich editor keeps the
 * textarea that it replaced, with an old text in it.
 */
export function findComposers(site: SiteDescription, document: Document): FoundComposer[] {
  const found: FoundComposer[] = [];
  const taken = new Set<Node>();
  const inBox = new Map<string, number>();
  for (const at of site.composers) {
    const box = boxOf(at);
    const selector = typeof at.editor === 'string' ? at.editor : at.editor.frame;
    for (const element of findAll(document, selector)) {
      if (!isShown(element)) continue;
      const handle = openEditor(element);
      if (handle === null || taken.has(handle.root)) continue;
      taken.add(handle.root);
      const position = inBox.get(box) ?? 0;
      inBox.set(box, position + 1);
      found.push({ at, handle, position });
    }
  }
  return found;
}

/**
 * As many of them as are watched at a time: first those in which the person was last, by `usedAt`, to
 * which the one that has the focus is added; then those that a form carries.
 */
export function mostInUse(
  found: readonly FoundComposer[],
  usedAt: WeakMap<Node, number>,
): FoundComposer[] {
  const rank = ({ at, handle: { element, root } }: FoundComposer): number => {
    const { activeElement } = element.ownerDocument;
    if (activeElement !== null && holds(element, activeElement))
      usedAt.set(root, performance.now());
    return usedAt.get(root) ?? (formOf(at, element) === null ? -1 : 0);
  };
  if (found.length <= MAX_COMPOSERS) return [...found];
  const ranked = found.map((one) => ({ one, rank: rank(one) }));
  ranked.sort((a, b) => b.rank - a.rank);
  return ranked.slice(0, MAX_COMPOSERS).map(({ one }) => one);
}
