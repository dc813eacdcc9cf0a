import type { RiskTier } from './risk-tier.ts';

/**
 * The one place on a device where author ≠ approver is decided: what is locked is let go only by somebody
 * other than the person at whose desk the draft stands. `author` and `approver` are the collector's member
 * ids; without a collector nobody is known and '' stands for both, and then roles alone decide. The
 * collector decides it again (`lib/protocol/case-state.ts`).
 */
export function needsSecondPerson(tier: RiskTier, author: string, approver: string): boolean {
  return tier === 'locked' && author === approver && approver !== '';
}
