import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InForce } from '../../lib/settings/in-force.ts';
import { byteSize, dateTime } from '../../lib/view/format.ts';
import { effectiveValues, reportText } from '../../lib/view/report.ts';
import { useServices } from '../../lib/view/services.ts';
import { useCounts, useProblems } from '../../lib/view/use-counts.ts';
import { useKeptProblemWords } from '../../lib/view/use-kept-problem-words.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { OptionsSection } from './options-section.tsx';

/** Diagnostics: what runs here, with which values, and what went wrong last. */
export function DiagnosticsSection({ inForce }: { inForce: InForce }) {
  const { t } = useTranslation('options');
  const { host } = useServices();
  const locale = useLocale();
  const counts = useCounts();
  const problems = useProblems();
  const problemWords = useKeptProblemWords();
  const [storage, setStorage] = useState({ used: 0, quota: 0 });
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  useEffect(() => void host.storageEstimate().then(setStorage), [host]);
  const browser = navigator.userAgent.match(/Chrom(?:e|ium)\/[\d.]+/u)?.[0] ?? navigator.userAgent;
  const values = effectiveValues(inForce, {
    secret: t('diagnostics.secret'),
    none: t('diagnostics.none'),
  });
  const copy = () => {
    const { version } = host;
    const text = reportText({ version, browser, storage, counts, inForce, problems });
    navigator.clipboard.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  const facts = [
    [t('diagnostics.version'), host.version],
    [t('diagnostics.browser'), browser],
    [
      t('diagnostics.storage'),
      t('diagnostics.storageOf', {
        used: byteSize(storage.used, locale),
        quota: byteSize(storage.quota, locale),
      }),
    ],
  ];
  return (
    <OptionsSection id="diagnostics" title={t('diagnostics.heading')}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <div>
        <h3 className="mb-1 font-semibold">{t('diagnostics.values')}</h3>
        <table className="w-full table-fixed text-start wrap-anywhere">
          <thead className="text-xs text-muted">
            <tr>
              <th className="py-1 text-start font-medium">{t('diagnostics.key')}</th>
              <th className="py-1 text-start font-medium">{t('diagnostics.value')}</th>
              <th className="w-24 py-1 text-start font-medium">{t('diagnostics.origin')}</th>
            </tr>
          </thead>
          <tbody>
            {values.map(({ key, value, source }) => (
              <tr key={key} className="border-t border-line align-top">
                <th scope="row" className="py-1 pe-2 text-start font-mono text-xs font-normal">
                  {key}
                </th>
                <td className="py-1 pe-2 text-xs">{value}</td>
                <td className="py-1 text-xs text-muted">{t(`diagnostics.${source}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <h3 className="mb-1 font-semibold">{t('diagnostics.errors')}</h3>
        {problems.length === 0 ? (
          <p className="text-muted">{t('diagnostics.noErrors')}</p>
        ) : (
          <ul className="space-y-1 text-xs">
            {problems.slice(0, 20).map((problem) => (
              <li key={problem.id}>
                <span className="tabular text-muted">{dateTime(problem.at, locale)}</span>{' '}
                {problemWords(problem.code)}{' '}
                <span className="wrap-anywhere text-muted">{problem.detail}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={copy}>{t('diagnostics.copy')}</Button>
        <p role="status" className="text-muted">
          {copied === 'yes' && t('diagnostics.copied')}
          {copied === 'failed' && t('diagnostics.copyFailed')}
        </p>
      </div>
    </OptionsSection>
  );
}
