import type { EventType } from '../domain/event.ts';
import { OPEN_STATES, type ItemState, type ReviewItem } from '../domain/item.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import type { CountersignDb } from './schema.ts';

/** Key of the counter of open items. */
export const WAITING = 'waiting';

/** Key of the counter of decisions of the local day that `time` falls in. */
export function decidedKey(time: number): string {
  const day = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `decided:${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

const DECIDED: { readonly [Type in EventType]?: number } = {
  'decision.approved': 1,
  'decision.edited': 1,
  'decision.rejected': 1,
  'decision.sent-back': 1,
  'decision.escalated': 1,
  'release.human': 1,
  'decision.undone': -1,
};

/** By how much an event changes "decided today". */
export function decidedBy(type: EventType): number {
  return DECIDED[type] ?? 0;
}

const TIERS: readonly RiskTier[] = ['locked', 'high', 'medium', 'low'];
const STATES: readonly ItemState[] = OPEN_STATES;

/** Place in the queue: pending before escalated before deferred, then risk; null when closed. */
export function rankOf(item: ReviewItem): number | null {
  const state = STATES.indexOf(item.state);
  return state < 0 ? null : state * TIERS.length + TIERS.indexOf(item.tier);
}

/** Adds to a counter inside the current transaction; a counter never goes below 0. */
export async function addTo(db: CountersignDb, key: string, change: number): Promise<void> {
  if (change === 0) return;
  const row = await db.counters.get(key);
  await db.counters.put({ key, value: Math.max(0, (row?.value ?? 0) + change) });
}
