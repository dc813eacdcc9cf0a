import { useTranslation } from 'react-i18next';
import { useManaged } from '../../lib/view/use-managed.ts';
import { Notice } from '../ui/notice.tsx';
import { ProblemList } from './saved-note.tsx';

/** How many settings the organization holds, and each of its values that could not be used. */
export function ManagedNote() {
  const { t } = useTranslation('options');
  const { keys, problems } = useManaged();
  return (
    <>
      {keys.length > 0 && (
        <p className="text-muted">
          {t('managed.count', { count: keys.length, keys: keys.join(', ') })}
        </p>
      )}
      {problems.length > 0 && (
        <Notice look="warn">
          <p>{t('managed.unused', { count: problems.length })}</p>
          <ProblemList problems={problems} />
          <p>{t('managed.standIn')}</p>
        </Notice>
      )}
    </>
  );
}
