import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  /** Where the menu opens: above buttons at the foot of the panel. */
  side?: 'top' | 'bottom';
}

/** A menu of acts. Not modal: a modal one would write a style sheet into the page (CSP). */
export function Menu({ trigger, children, side = 'bottom' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side={side}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 min-w-44 rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  children: ReactNode;
  icon?: ReactNode;
  hint?: string;
  onSelect(): void;
}

/** One act of a menu. */
export function MenuItem({ children, icon, hint, onSelect }: ItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-sm outline-none data-highlighted:bg-hover"
    >
      {icon}
      <span className="flex-1">{children}</span>
      {hint !== undefined && (
        <kbd aria-hidden="true" className="font-sans text-2xs text-muted">
          {hint}
        </kbd>
      )}
    </DropdownMenu.Item>
  );
}
