import { useEffect } from 'react';
import { isTyping } from './arming.ts';

/** What the keys that decide nothing do, by `KeyboardEvent.key`. */
export type ReadingKeys = Readonly<Record<string, () => void>>;

/** Keys for moving and looking. They need no arming; Escape works always, the others as settings say. */
export function useReadingKeys(keys: ReadingKeys, onEscape: () => void, bareKeys: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const run = event.key === 'Escape' ? onEscape : bareKeys ? keys[event.key] : undefined;
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
