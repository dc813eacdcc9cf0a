import { useId, type ComponentProps, type ReactNode } from 'react';
import { cx } from './cx.ts';

/** Looks of every text field. */
export const FIELD =
  'w-full rounded-md border border-edge bg-raised px-2.5 py-1.5 text-sm text-ink placeholder:text-muted aria-invalid:border-high';

interface TextProps extends ComponentProps<'input'> {
  label: string;
  hint?: ReactNode;
  /** Why the value can't be used; '' when it can. */
  problem?: string;
  /** Shows dots; a text field all the same, so that it is one to assistive technology. */
  masked?: boolean;
}

/** A labelled text field with a hint under it and, when its value is wrong, the reason. */
export function TextField({
  label,
  hint,
  problem = '',
  masked = false,
  className,
  ...rest
}: TextProps) {
  const id = useId();
  return (
    <div className={cx('space-y-1', className)}>
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <input
        id={id}
        className={cx(FIELD, masked && 'masked')}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== '' || undefined}
        {...rest}
      />
      <p id={`${id}-hint`} className={cx('text-xs', problem === '' ? 'text-muted' : 'text-high')}>
        {problem === '' ? hint : problem}
      </p>
    </div>
  );
}

interface SelectProps extends ComponentProps<'select'> {
  label: string;
  /** True where the label would only repeat what stands around it: then it is told, not shown. */
  quiet?: boolean;
}

/** A labelled choice; the browser's own list, since it knows every platform and reader. */
export function Choice({ label, quiet = false, className, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={cx('min-w-0', !quiet && 'space-y-1', className)}>
      <label htmlFor={id} className={quiet ? 'sr-only' : 'block font-medium'}>
        {label}
      </label>
      <select
        id={id}
        className="min-h-8 w-full truncate rounded-md border border-edge bg-raised px-1.5 text-sm text-ink"
        {...rest}
      >
        {children}
      </select>
    </div>
  );
}
