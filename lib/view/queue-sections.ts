import type { ReviewItem } from '../domain/item.ts';

/** A part of the queue: what needs a person first, then the rest. */
export interface QueueSection {
  id: 'team' | 'first' | 'routine';
  items: readonly ReviewItem[];
}

const TIER_ORDER = { locked: 0, high: 0, medium: 1, low: 2 } as const;

/** True for items that stand in "needs you first": risky, escalated, or changed after approval. */
function needsFirst(item: ReviewItem): boolean {
  return (
    TIER_ORDER[item.tier] === 0 || item.state === 'escalated' || changedAfterApproval(item) !== null
  );
}

/** The hash that was approved when the composer no longer shows it; null otherwise. */
export function changedAfterApproval(item: ReviewItem): string | null {
  const released = item.decision?.releasedHash ?? null;
  if (released === null || released === item.boundHash || item.delivery !== 'not-sent') return null;
  return released;
}

/** The queue in its sections: what colleagues wait for, then one's own, each highest tier first, then oldest; empty sections are left out. */
export function queueSections(items: readonly ReviewItem[]): QueueSection[] {
  const order = (a: ReviewItem, b: ReviewItem) =>
    TIER_ORDER[a.tier] - TIER_ORDER[b.tier] || a.createdAt - b.createdAt;
  const part = (id: QueueSection['id'], own: (item: ReviewItem) => boolean): QueueSection => ({
    id,
    items: items.filter(own).sort(order),
  });
  const isCase = (item: ReviewItem) => item.kind === 'case';
  return [
    part('team', isCase),
    part('first', (item) => !isCase(item) && needsFirst(item)),
    part('routine', (item) => !isCase(item) && !needsFirst(item)),
  ].filter((each) => each.items.length > 0);
}
