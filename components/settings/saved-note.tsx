import { useTranslation } from 'react-i18next';
import type { Saved, SaveProblem } from '../../lib/view/use-save.ts';
import { useSettingProblemWords } from '../../lib/view/use-setting-problem-words.ts';
import { Notice } from '../ui/notice.tsx';

/** How saving went, in words; nothing before anything was saved. */
export function SavedNote({ saved }: { saved: Saved }) {
  const { t } = useTranslation(['options', 'panel']);
  if (saved.state === 'idle' || saved.state === 'saving') return <div role="status" />;
  if (saved.state === 'saved')
    return (
      <p role="status" className="text-low">
        {t('saved')}
      </p>
    );
  if (saved.state === 'failed')
    return (
      <Notice look="bad" role="alert">
        {t('problem', { why: t(`callProblem.${saved.code}`, { ns: 'panel' }) })}
      </Notice>
    );
  return <Problems problems={saved.problems} />;
}

/** Values that could not be used, each by its name. */
export function Problems({ problems }: { problems: readonly SaveProblem[] }) {
  const { t } = useTranslation('options');
  const words = useSettingProblemWords();
  if (problems.length === 0) return null;
  return (
    <Notice look="warn" role="alert">
      <p>{t('privacy.problems', { count: problems.length })}</p>
      <ul className="list-disc ps-4">
        {problems.map((problem, i) => (
          <li key={i} className="wrap-anywhere">
            {t('privacy.problem', { key: problem.key, says: words(problem) })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
