import { useTranslation } from 'react-i18next';
import { TOKEN_REMOVED } from '../../lib/settings/kept-token.ts';
import { SET_BY_ORGANIZATION } from '../../lib/settings/managed-values.ts';
import { NOT_REGISTERED } from '../../lib/settings/saved-notices.ts';
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

/** What else a saving did or could not do; the values themselves were fine. */
const NOTICES = new Set([TOKEN_REMOVED, NOT_REGISTERED]);

/** Values that could not be used, each by its name, and what became of the rest of the saving. */
export function Problems({ problems }: { problems: readonly SaveProblem[] }) {
  const { t } = useTranslation('options');
  const words = useSettingProblemWords();
  const notices = problems.filter(({ code }) => NOTICES.has(code));
  const left = problems.filter(({ code }) => code === SET_BY_ORGANIZATION);
  const wrong = problems.filter(({ code }) => !NOTICES.has(code) && code !== SET_BY_ORGANIZATION);
  return (
    <>
      {notices.map((problem) => (
        <Notice key={problem.code} look="warn" role="alert">
          {words(problem)}
        </Notice>
      ))}
      {left.length > 0 && (
        <Notice look="info" role="status">
          <p>{t('managed.left', { count: left.length })}</p>
          <ProblemList problems={left} />
        </Notice>
      )}
      {wrong.length > 0 && (
        <Notice look="warn" role="alert">
          <p>{t('privacy.problems', { count: wrong.length })}</p>
          <ProblemList problems={wrong} />
        </Notice>
      )}
    </>
  );
}

/** Each setting by its name, and what is wrong with its value. */
export function ProblemList({ problems }: { problems: readonly SaveProblem[] }) {
  const { t } = useTranslation('options');
  const words = useSettingProblemWords();
  return (
    <ul className="list-disc ps-4">
      {problems.map((problem, i) => (
        <li key={i} className="wrap-anywhere">
          {t('privacy.problem', { key: problem.key, says: words(problem) })}
        </li>
      ))}
    </ul>
  );
}
