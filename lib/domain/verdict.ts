import { boundDifferences, boundHash } from './bound.ts';
import type { Verdict } from './gate.ts';
import type { ItemState, ReviewItem } from './item.ts';

const STATUS: Readonly<Record<ItemState, 'undecided' | 'escalated' | 'refused' | 'deferred'>> = {
  pending: 'undecided',
  approved: 'undecided',
  escalated: 'escalated',
  deferred: 'deferred',
  rejected: 'refused',
  'sent-back': 'refused',
  abstained: 'undecided',
  delivered: 'undecided',
  superseded: 'undecided',
  withdrawn: 'undecided',
};

/**
 * What the gate may do with the content that the item now holds. Approved means: exactly this content
 * was released. What was released once and differs now is `changed`, with the parts that differ.
 */
export function verdictFor(item: ReviewItem): Verdict {
  const hash = boundHash(item.bound);
  const released = item.decision?.released ?? null;
  const base = { state: 'item' as const, boundHash: hash, itemId: item.id, tier: item.tier };
  if (released !== null) {
    const changed = boundDifferences(released, item.bound);
    if (item.state === 'approved' && changed.length === 0)
      return { ...base, status: 'approved', changed: [] };
    if (changed.length > 0) return { ...base, status: 'changed', changed };
  }
  return { ...base, status: STATUS[item.state], changed: [] };
}
