import { useTranslation } from 'react-i18next';
import type { Saved } from '../../lib/view/use-save.ts';
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
export function Problems({ problems }: { problems: readonly { key: string; says: string }[] }) {
  const { t } = useTranslation('options');
  if (problems.length === 0) return null;
  const words = (says: string) => {
    if (says.startsWith('unknown-key')) return t('privacy.code.unknown-key');
    const detail = says.replace(/^bad-value\s*/u, '');
    return detail === says ? says : `${t('privacy.code.bad-value')} (${detail.slice(0, 300)})`;
  };
  return (
    <Notice look="warn" role="alert">
      <p>{t('privacy.problems', { count: problems.length })}</p>
      <ul className="list-disc ps-4">
        {problems.map(({ key, says }) => (
          <li key={`${key} ${says}`}>{t('privacy.problem', { key, says: words(says) })}</li>
        ))}
      </ul>
    </Notice>
  );
}
