import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { wordDiff } from '../../lib/view/word-diff.ts';

/** Two texts as one, with what was added and removed in signs, colour and hidden words. */
export function ChangesView({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('panel');
  const { parts } = useMemo(() => wordDiff(before, after), [before, after]);
  return (
    <p className="whitespace-pre-wrap text-md">
      {parts.map((part, i) => {
        if (part.kind === 'same') return <span key={i}>{part.text}</span>;
        const Tag = part.kind === 'added' ? 'ins' : 'del';
        return (
          <Tag
            key={i}
            className={
              part.kind === 'added'
                ? 'rounded-sm bg-low-soft text-low no-underline'
                : 'rounded-sm bg-high-soft text-high line-through'
            }
          >
            <span className="sr-only"> {t(`edit.${part.kind}`)} </span>
            {part.text}
          </Tag>
        );
      })}
    </p>
  );
}

/** "2 changes: +4 −3 words, 1 number". */
export function ChangeSummary({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('panel');
  const diff = useMemo(() => wordDiff(before, after), [before, after]);
  if (diff.changes === 0) return <>{t('edit.same')}</>;
  return (
    <>
      {t('edit.summary', { count: diff.changes, added: diff.added, removed: diff.removed })}
      {diff.numbers > 0 && <> · {t('edit.numbers', { count: diff.numbers })}</>}
    </>
  );
}
