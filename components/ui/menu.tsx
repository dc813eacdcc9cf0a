import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

/** What the button that opens a menu must carry. */
interface MenuTrigger {
  popoverTarget: string;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
}

interface MenuProps {
  /** What the menu is of, for assistive technology. */
  label: string;
  renderTrigger: (props: MenuTrigger) => ReactNode;
  children: ReactNode;
  /** Where the menu opens: above buttons at the foot of the panel. */
  side?: 'top' | 'bottom';
}

const PLACES = {
  top: '[position-area:block-start_span-inline-start]',
  bottom: '[position-area:block-end_span-inline-start]',
} as const;

/**
 * A menu of acts (APG menu button pattern) on the platform's own popover: top layer, closing by Escape or
 * a press elsewhere, focus going back, and its place beside the button all come from the browser.
 */
export function Menu({ label, renderTrigger, children, side = 'bottom' }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const next: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const index = next[event.key];
    if (index === undefined) {
      if (event.key === 'Tab') list.current?.hidePopover();
      return;
    }
    event.preventDefault();
    all[index]?.focus();
  };
  return (
    <>
      {renderTrigger({ popoverTarget: id, 'aria-haspopup': 'menu', 'aria-expanded': open })}
      <div
        ref={list}
        id={id}
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onKeyDown={onKeyDown}
        onClick={() => list.current?.hidePopover()}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') items()[0]?.focus();
        }}
        className={`inset-auto m-1 min-w-44 rounded-lg border border-line bg-raised p-1 text-ink shadow-pop [position-try-fallbacks:flip-block,flip-inline] ${PLACES[side]}`}
      >
        {children}
      </div>
    </>
  );
}

interface ItemProps {
  children: ReactNode;
  icon?: ReactNode;
  hint?: string;
  onSelect: () => void;
}

/** One act of a menu. */
export function MenuItem({ children, icon, hint, onSelect }: ItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={onSelect}
      className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-start text-sm hover:bg-hover focus:bg-hover"
    >
      {icon}
      <span className="flex-1">{children}</span>
      {hint !== undefined && (
        <kbd aria-hidden="true" className="font-sans text-2xs text-muted">
          {hint}
        </kbd>
      )}
    </button>
  );
}
