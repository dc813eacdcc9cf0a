import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assessment } from '../../lib/domain/assessment.ts';
import { hiddenMarks } from '../../lib/domain/hidden.ts';
import { isFlagged } from '../../lib/domain/flags.ts';
import { heldStatements } from '../../lib/view/gates.ts';
import { draftSegments } from '../../lib/view/draft-segments.ts';
import { runsOf } from '../../lib/view/reveal.ts';
import { cx } from '../ui/cx.ts';
import { HiddenRuns } from './hidden-runs.tsx';

interface Props {
  draft: string;
  assessment: Assessment | null;
  /** Index of the statement that is looked at. */
  selected: number | null;
  /** Indices of statements that the person settled. */
  settled: ReadonlySet<number>;
  showMarks: boolean;
  onSelect: (index: number) => void;
}

/**
 * The draft as plain text with its statements marked. The marks are generated content: what the
 * element says as text is the draft, character for character, hidden ones named.
 */
export function DraftText({ draft, assessment, selected, settled, showMarks, onSelect }: Props) {
  const { t } = useTranslation('panel');
  const segments = useMemo(() => draftSegments(draft, assessment), [draft, assessment]);
  const held = useMemo(() => heldStatements(assessment), [assessment]);
  const marks = useMemo(() => hiddenMarks(draft), [draft]);
  return (
    <div className="text-md leading-relaxed whitespace-pre-wrap" data-draft="">
      {segments.map((segment) => {
        const { statement, fact } = segment;
        const isHeld = statement !== null && held.has(statement.index) && !isFlagged(statement);
        const isSelected = statement !== null && statement.index === selected;
        const runs = runsOf(segment.text, segment.start, marks);
        return (
          <span key={segment.start} className={cx(isSelected && 'bg-accent-soft')}>
            {showMarks && segment.opens && (isHeld || statement?.status !== 'nothing-to-check') && (
              <button
                type="button"
                className="statement-mark me-1 inline-flex min-h-6 min-w-6 items-center justify-center rounded-full border border-edge bg-raised px-1 align-middle text-2xs leading-none font-semibold text-muted hover:bg-hover data-[status=contradicted]:border-high data-[status=contradicted]:text-high data-[status=held]:border-high data-[status=held]:text-high data-[status=supported]:border-low data-[status=supported]:text-low data-[status=unsupported]:border-medium data-[status=unsupported]:text-medium"
                data-n={statement?.index}
                data-status={isHeld ? 'held' : statement?.status}
                aria-pressed={isSelected}
                aria-label={t('draft.mark', {
                  index: statement?.index ?? 0,
                  status:
                    statement !== null && settled.has(statement.index)
                      ? t('detail.settled')
                      : isHeld
                        ? t('draft.held')
                        : t(`status.${statement?.status ?? 'cannot-check'}`),
                })}
                onClick={() => onSelect(statement?.index ?? 0)}
              />
            )}
            {showMarks && fact !== null ? (
              <span className="fact" data-status={fact.status}>
                <HiddenRuns runs={runs} />
              </span>
            ) : (
              <HiddenRuns runs={runs} />
            )}
          </span>
        );
      })}
    </div>
  );
}
