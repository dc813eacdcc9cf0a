import { useEffect, useState } from 'react';

/** Time before a skeleton shows: faster answers must not flicker, in milliseconds. */
const PATIENCE_MS = 150;

/** Rows without content while something loads; says what loads to assistive technology. */
export function Skeleton({ label, rows }: { label: string; rows: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div className="flex-1" />;
  return (
    <div role="status" aria-label={label} className="min-h-0 flex-1 space-y-4 overflow-hidden p-4">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="animate-pulse space-y-2">
          <div className="h-3 w-2/3 rounded-sm bg-hover" />
          <div className="h-2.5 w-2/5 rounded-sm bg-hover" />
        </div>
      ))}
    </div>
  );
}
