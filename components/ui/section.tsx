import { useId, type ComponentProps, type ReactNode } from 'react';
import { cx } from './cx.ts';

interface Props extends Omit<ComponentProps<'section'>, 'title'> {
  title: string;
  /** Shown at the end of the heading's line. */
  aside?: ReactNode;
}

/** A named region with a small heading. */
export function Section({ title, aside, className, children, ...rest }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx('px-3', className)} {...rest}>
      <div className="mb-1.5 flex min-h-6 flex-wrap items-center justify-between gap-2">
        <h3 id={id} className="text-xs font-semibold text-muted">
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
