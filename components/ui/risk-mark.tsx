import { Circle, Diamond, Square, Triangle, type LucideIcon } from 'lucide-react';
import type { RiskTier } from '../../lib/domain/risk-tier.ts';
import { cx } from './cx.ts';

const SHAPES: Record<RiskTier, { Icon: LucideIcon; color: string }> = {
  low: { Icon: Circle, color: 'text-low' },
  medium: { Icon: Diamond, color: 'text-medium' },
  high: { Icon: Triangle, color: 'text-high' },
  locked: { Icon: Square, color: 'text-locked' },
};

/** Risk as a shape and a colour; the word stands beside it wherever this is used. */
export function RiskMark({ tier, className }: { tier: RiskTier; className?: string }) {
  const { Icon, color } = SHAPES[tier];
  return (
    <Icon
      aria-hidden="true"
      className={cx('size-3 shrink-0 fill-current', color, className)}
      strokeWidth={2.5}
    />
  );
}
