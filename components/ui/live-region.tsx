import { useEffect, useState } from 'react';

/** Announcements are gathered for this long, in milliseconds (ux.md, live region). */
const DEBOUNCE_MS = 700;

/** The one polite live region: there from first paint, cleared before it is filled again. */
export function LiveRegion({ text }: { text: string }) {
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    setSpoken('');
    const timer = setTimeout(() => setSpoken(text), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {spoken}
    </div>
  );
}
