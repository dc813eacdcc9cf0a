import { useTranslation } from 'react-i18next';
import { TOKEN_REMOVED } from '../../lib/settings/kept-token.ts';
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

/** Values that could not be used, each by its name, and a saved token that was removed. */
export function Problems({ problems }: { problems: readonly SaveProblem[] }) {
  const { t } = useTranslation('options');
  const words = useSettingProblemWords();
  const removed = problems.filter(({ code }) => code === TOKEN_REMOVED);
  const wrong = problems.filter(({ code }) => code !== TOKEN_REMOVED);
  return (
    <>
      {removed.map((problem) => (
        <Notice key={problem.code} look="warn" role="alert">
          {words(problem)}
        </Notice>
      ))}
      {wrong.length > 0 && (
        <Notice look="warn" role="alert">
          <p>{t('privacy.problems', { count: wrong.length })}</p>
          <ul className="list-disc ps-4">
            {wrong.map((problem, i) => (
              <li key={i} className="wrap-anywhere">
                {t('privacy.problem', { key: problem.key, says: words(problem) })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
