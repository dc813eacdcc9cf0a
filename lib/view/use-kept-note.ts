import { useCallback, useState } from 'react';
import { useServices } from './services.ts';

/** A note being written for an item, kept on this device like an edit until the decision is taken. */
export function useKeptNote(itemId: string) {
  const { edits, now } = useServices();
  const id = `${itemId}.note`;
  const [text, setText] = useState(() => edits.read(id)?.text ?? '');
  const change = useCallback(
    (next: string) => {
      setText(next);
      edits.write(id, { version: 0, base: '', text: next, at: now() });
    },
    [edits, id, now],
  );
  const drop = useCallback(() => edits.drop(id), [edits, id]);
  return { text, change, drop };
}
