import {
  ArrowUp,
  Check,
  CircleAlert,
  Clock,
  CornerUpLeft,
  Dot,
  Hand,
  PenLine,
  Undo2,
  UserCheck,
  X,
  type LucideIcon,
} from 'lucide-react';
import type { StoredEvent } from '../../lib/domain/event.ts';
import { cx } from '../ui/cx.ts';

const MARKS: Readonly<Partial<Record<StoredEvent['type'], { Icon: LucideIcon; color: string }>>> = {
  'decision.approved': { Icon: Check, color: 'text-low' },
  'decision.edited': { Icon: PenLine, color: 'text-low' },
  'decision.rejected': { Icon: X, color: 'text-high' },
  'decision.sent-back': { Icon: CornerUpLeft, color: 'text-medium' },
  'decision.escalated': { Icon: ArrowUp, color: 'text-locked' },
  'decision.deferred': { Icon: Clock, color: 'text-muted' },
  'decision.abstained': { Icon: Hand, color: 'text-muted' },
  'decision.undone': { Icon: Undo2, color: 'text-muted' },
  'release.human': { Icon: UserCheck, color: 'text-accent' },
  'delivery.match': { Icon: Check, color: 'text-low' },
  'delivery.drifted': { Icon: CircleAlert, color: 'text-high' },
  'send.unreviewed': { Icon: CircleAlert, color: 'text-medium' },
  'send.held': { Icon: Hand, color: 'text-medium' },
  'effect.failed': { Icon: CircleAlert, color: 'text-high' },
  'integrity.failed': { Icon: CircleAlert, color: 'text-high' },
};

/** The sign of an event; its words stand beside it. */
export function EventMark({ type, className }: { type: StoredEvent['type']; className?: string }) {
  const { Icon, color } = MARKS[type] ?? { Icon: Dot, color: 'text-muted' };
  return <Icon aria-hidden="true" className={cx('size-4 shrink-0', color, className)} />;
}
