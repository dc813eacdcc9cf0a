import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

/** How much a button asks for. */
export type ButtonLook = 'primary' | 'normal' | 'quiet' | 'danger';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent border-accent font-medium hover:opacity-90',
  normal: 'bg-raised text-ink border-line hover:bg-hover',
  quiet: 'border-transparent text-muted hover:bg-hover hover:text-ink',
  danger: 'bg-raised text-high border-line hover:bg-high-soft',
};

interface Props extends ComponentProps<'button'> {
  look?: ButtonLook;
  icon?: ReactNode;
  /** A key that does the same; shown, and told to assistive technology by `aria-keyshortcuts`. */
  hint?: string | undefined;
  /** Less room at the sides, for rows that must fit 360 px. */
  dense?: boolean;
  /** Id of the reason why it can't be used now: it stays focusable and says so. */
  refusedBy?: string | undefined;
}

/** The one button: at least 32 px high, never disabled out of the tab order. */
export function Button({
  look = 'normal',
  icon,
  hint,
  refusedBy,
  dense = false,
  className,
  children,
  ...rest
}: Props) {
  return (
    <button
      type="button"
      {...rest}
      {...(hint === undefined ? {} : { 'aria-keyshortcuts': hint })}
      {...(refusedBy === undefined ? {} : { 'aria-disabled': true, 'aria-describedby': refusedBy })}
      className={cx(
        'inline-flex min-h-8 min-w-8 items-center justify-center gap-1.5 rounded-md border py-1 text-sm select-none',
        dense ? 'px-1.5' : 'px-2.5',
        refusedBy === undefined
          ? LOOKS[look]
          : 'cursor-not-allowed border-dashed border-edge bg-sunken text-muted',
        className,
      )}
    >
      {icon}
      {children}
      {hint !== undefined && <Kbd>{hint}</Kbd>}
    </button>
  );
}

/** A key cap beside a label; the key is told to assistive technology elsewhere. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd
      aria-hidden="true"
      className="rounded-sm border border-current px-1 font-sans text-2xs leading-4"
    >
      {children}
    </kbd>
  );
}
