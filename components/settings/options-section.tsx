import type { ReactNode } from 'react';

interface Props {
  id: string;
  title: string;
  intro?: string;
  children: ReactNode;
}

/** One part of the options page, reachable by its address (`#sites`). */
export function OptionsSection({ id, title, intro, children }: Props) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-4 border-t border-line py-7 first:border-t-0 first:pt-0"
    >
      <h2 id={`${id}-title`} className="text-lg font-semibold" tabIndex={-1}>
        {title}
      </h2>
      {intro !== undefined && <p className="mt-1 max-w-prose text-muted">{intro}</p>}
      <div className="mt-4 space-y-4">{children}</div>
    </section>
  );
}
