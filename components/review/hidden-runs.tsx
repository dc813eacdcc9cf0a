import { useTranslation } from 'react-i18next';
import type { Run } from '../../lib/view/reveal.ts';

/** Text with its hidden characters as visible, named marks. */
export function HiddenRuns({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation('panel');
  return runs.map((run, i) => {
    if (run.kind === 'text') return run.text;
    const name = t(`hiddenName.${run.name}`);
    const says =
      run.shows !== ''
        ? t('hiddenChar.lookAlike', { shows: run.shows, code: run.code })
        : run.times > 1
          ? t('hiddenChar.times', { name, code: run.code, times: run.times })
          : t('hiddenChar.named', { name, code: run.code });
    return (
      <mark
        key={i}
        data-hidden={run.name}
        aria-label={t('hiddenChar.label', { name })}
        className="mx-0.5 rounded-sm border border-high bg-high-soft px-1 text-2xs font-medium whitespace-nowrap text-high"
      >
        {says}
      </mark>
    );
  });
}
