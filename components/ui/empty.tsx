import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  Icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** A screen with nothing in it: what that means and what to do. */
export function Empty({ Icon, title, children, actions }: Props) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 px-6 py-10 text-center">
      <span className="mb-1 rounded-lg border border-line bg-sunken p-2.5 text-muted">
        <Icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
      </span>
      <h2 className="text-md font-semibold">{title}</h2>
      {children !== undefined && <p className="max-w-72 text-muted">{children}</p>}
      {actions !== undefined && <div className="mt-2 flex gap-2">{actions}</div>}
    </div>
  );
}
