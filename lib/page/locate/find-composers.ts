import type { ComposerAt } from '../../sites/site-parts.ts';
import type { SiteDescription } from '../../sites/site-description.ts';
import { openEditor, type EditorHandle } from '../editors/index.ts';
import { findAll } from './query.ts';

/** An editor found in the page by a description's composer. */
export interface FoundComposer {
  at: ComposerAt;
  handle: EditorHandle;
  /** Which of this composer's editors it is, in document order. */
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
  for (const at of site.composers) {
    let position = 0;
    const selector = typeof at.editor === 'string' ? at.editor : at.editor.frame;
    for (const element of findAll(document, selector)) {
      if (found.length >= MAX_COMPOSERS) return found;
      if (!isShown(element)) continue;
      const handle = openEditor(element);
      if (handle === null || taken.has(handle.root)) continue;
      taken.add(handle.root);
      found.push({ at, handle, position });
      position += 1;
    }
  }
  return found;
}
