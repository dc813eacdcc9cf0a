import { useCallback, useEffect, useMemo, useState } from 'react';
import { flagsOf } from '../domain/flags.ts';
import type { Progress } from './gates.ts';
import type { ItemView } from './store-reads.ts';

/** What the foot of the screen asks for. */
export type ReviewMode =
  | { kind: 'read' }
  | { kind: 'edit'; focusOn: { start: number; end: number } | null; takeFocus: boolean }
  | { kind: 'reason'; verb: 'send-back' | 'reject' | 'abstain' }
  | { kind: 'escalate' }
  | { kind: 'defer' };

/**
 * Where the person is with one item: what was read, settled and selected. What was done for a version of
 * the text does not count for the next one.
 */
export function useReview(view: ItemView, startsInEdit: boolean) {
  const { item, assessment } = view;
  const [mode, setMode] = useState<ReviewMode>(
    startsInEdit ? { kind: 'edit', focusOn: null, takeFocus: false } : { kind: 'read' },
  );
  const [selected, setSelected] = useState<number | null>(null);
  const [seenToEnd, setSeenToEnd] = useState(false);
  const [settled, setSettled] = useState<ReadonlyMap<string, string>>(new Map());
  const [changesOpen, setChangesOpen] = useState(false);
  const [hint, setHint] = useState('');
  const [first] = useState({ version: item.version, draft: item.draft });

  useEffect(() => {
    setSeenToEnd(false);
    setSettled(new Map());
    setSelected(null);
  }, [item.version]);

  const onSeenToEnd = useCallback(() => setSeenToEnd(true), []);
  const settle = useCallback(
    (key: string, why: string | null) =>
      setSettled((before) => {
        const next = new Map(before);
        if (why === null) next.delete(key);
        else next.set(key, why);
        return next;
      }),
    [],
  );

  const marked = useMemo(
    () => (assessment?.statements ?? []).filter((each) => each.status !== 'nothing-to-check'),
    [assessment],
  );
  const move = useCallback(
    (step: 1 | -1) =>
      setSelected((current) => {
        const at = marked.findIndex((each) => each.index === current);
        const next = at < 0 ? (step === 1 ? 0 : marked.length - 1) : at + step;
        return marked[(next + marked.length) % Math.max(1, marked.length)]?.index ?? null;
      }),
    [marked],
  );

  const flags = useMemo(
    () => (assessment === null ? [] : flagsOf(item.draft, assessment)),
    [item.draft, assessment],
  );
  const progress: Progress = { seenToEnd, settled: new Set(settled.keys()) };
  return {
    mode,
    setMode,
    selected,
    setSelected,
    statement: assessment?.statements.find((each) => each.index === selected) ?? null,
    move,
    seen: onSeenToEnd,
    settled,
    settle,
    progress,
    open: flags.filter((flag) => !settled.has(flag.key)),
    flags,
    /** Indices of the statements among the settled flags. */
    settledStatements: new Set(
      flags.flatMap((flag) =>
        flag.statement !== null && settled.has(flag.key) ? [flag.statement.index] : [],
      ),
    ),
    changesOpen,
    setChangesOpen,
    /** What the last key did not do, e.g. "Press A again to approve". */
    hint,
    setHint,
    /** The draft as it was when the item was opened, when the page changed it since. */
    openedWith: first.version === item.version ? null : first.draft,
  };
}
