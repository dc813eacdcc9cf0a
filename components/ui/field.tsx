import { Lock } from 'lucide-react';
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
  /** Why the value can't be changed here: it stays focusable and readable, and says so. */
  lockedBy?: string | undefined;
  /** Shows dots; a text field all the same, so that it is one to assistive technology. */
  masked?: boolean;
}

/** A labelled text field with a hint under it and, when its value is wrong, the reason. */
export function TextField({
  label,
  hint,
  problem = '',
  lockedBy,
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
        {...(lockedBy === undefined ? {} : { readOnly: true, 'aria-disabled': true })}
      />
      {lockedBy === undefined ? (
        <p id={`${id}-hint`} className={cx('text-xs', problem === '' ? 'text-muted' : 'text-high')}>
          {problem === '' ? hint : problem}
        </p>
      ) : (
        <LockNote id={`${id}-hint`} says={lockedBy} />
      )}
    </div>
  );
}

/** Why a control changes nothing, with a lock. */
export function LockNote({ id, says }: { id: string; says: string }) {
  return (
    <p id={id} className="flex items-start gap-1 text-xs text-muted">
      <Lock aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
      {says}
    </p>
  );
}

interface SelectProps extends ComponentProps<'select'> {
  label: string;
  /** True where the label would only repeat what stands around it: then it is told, not shown. */
  quiet?: boolean;
  /** Why the choice can't be changed here: it stays focusable and readable, and says so. */
  lockedBy?: string | undefined;
}

/** A list that shows its choice and takes no other; a disabled one could not be focused. */
const LOCKED: ComponentProps<'select'> = {
  'aria-disabled': true,
  onMouseDown: (event) => event.preventDefault(),
  onKeyDown: (event) => {
    if (event.key !== 'Tab') event.preventDefault();
  },
  onChange: () => undefined,
};

/** A labelled choice; the browser's own list, since it knows every platform and reader. */
export function Choice({
  label,
  quiet = false,
  lockedBy,
  className,
  children,
  ...rest
}: SelectProps) {
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
        {...(lockedBy === undefined ? {} : { ...LOCKED, 'aria-describedby': `${id}-lock` })}
      >
        {children}
      </select>
      {lockedBy !== undefined && <LockNote id={`${id}-lock`} says={lockedBy} />}
    </div>
  );
}
