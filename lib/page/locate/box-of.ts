import type { ComposerAt } from '../../sites/site-parts.ts';

/**
 * What a composer fills: the field that its form posts, where it is described. A rich editor and the textarea
 * whose place it takes are one box, and what stands in it is one draft.
 */
export function boxOf({ id, form, field }: ComposerAt): string {
  return field === undefined ? id : `${field} ${form ?? ''}`;
}
