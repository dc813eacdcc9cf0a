import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const LOOKS = {
  info: { Icon: Info, box: 'bg-accent-soft', mark: 'text-accent' },
  good: { Icon: CircleCheck, box: 'bg-low-soft', mark: 'text-low' },
  warn: { Icon: TriangleAlert, box: 'bg-medium-soft', mark: 'text-medium' },
  bad: { Icon: TriangleAlert, box: 'bg-high-soft', mark: 'text-high' },
} as const;

interface Props {
  look: keyof typeof LOOKS;
  children: ReactNode;
  actions?: ReactNode;
  /** `alert` interrupts, `status` waits; none for what was there from the start. */
  role?: 'alert' | 'status';
}

/** A sentence that must be read, with its sign, and what can be done about it. */
export function Notice({ look, children, actions, role }: Props) {
  const { Icon, box, mark } = LOOKS[look];
  return (
    <div role={role} className={cx('flex items-start gap-2 rounded-md px-2.5 py-2', box)}>
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1">{children}</div>
      {actions !== undefined && <div className="flex shrink-0 flex-wrap gap-1">{actions}</div>}
    </div>
  );
}
