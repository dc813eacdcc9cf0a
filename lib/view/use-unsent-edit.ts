import { useCallback, useEffect, useRef, useState } from 'react';
import { useServices } from './services.ts';
import type { UnsentEdit } from './unsent-edits.ts';

/** An edit is written this long after the last key at most, in milliseconds (ux.md L5). */
const SAVE_MS = 200;

/** Whether what was typed is safe on this device. */
export type SaveState = { state: 'idle' } | { state: 'saved'; at: number } | { state: 'refused' };

/**
 * The text being edited, kept on this device while it is typed: after a pause, and at once when the
 * panel is hidden. `id` names the edit; `restored` is what was kept from before.
 */
export function useUnsentEdit(id: string, base: { version: number; draft: string }) {
  const { edits, now } = useServices();
  const [restored] = useState(() => edits.read(id));
  const [text, setText] = useState(restored?.text ?? base.draft);
  const [save, setSave] = useState<SaveState>({ state: 'idle' });
  // The draft that the edit began from stays the same while the page's may move on.
  const [from] = useState({
    version: restored?.version ?? base.version,
    draft: restored?.base ?? base.draft,
  });
  const pending = useRef<UnsentEdit | null>(null);

  const flush = useCallback(() => {
    const edit = pending.current;
    if (edit === null) return;
    pending.current = null;
    setSave(edits.write(id, edit) ? { state: 'saved', at: edit.at } : { state: 'refused' });
  }, [edits, id]);

  const change = useCallback(
    (next: string) => {
      setText(next);
      pending.current = { version: from.version, base: from.draft, text: next, at: now() };
    },
    [from, now],
  );

  useEffect(() => {
    const timer = setTimeout(flush, SAVE_MS);
    return () => clearTimeout(timer);
  }, [text, flush]);

  useEffect(() => {
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('blur', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('blur', flush);
      flush();
    };
  }, [flush]);

  const drop = useCallback(() => {
    pending.current = null;
    edits.drop(id);
  }, [edits, id]);

  return { text, change, save, restored, from, drop };
}
