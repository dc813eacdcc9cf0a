import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionTest, TestStep } from '../../lib/view/use-connection-test.ts';
import options from '../../locales/en/options.json' with { type: 'json' };
import { useServices } from '../../lib/view/services.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

type Known = keyof typeof options.sync.steps;

const isKnown = (code: string): code is Known =>
  code !== 'unknown' && Object.hasOwn(options.sync.steps, code);

type KnownDetail = keyof typeof options.sync.details;

const hasSentence = (detail: string): detail is KnownDetail =>
  Object.hasOwn(options.sync.details, detail);

/** What the connection test found, step by step; never green without proof of receipt. */
export function TestResults({ test }: { test: ConnectionTest }) {
  const { t } = useTranslation(['options', 'panel']);
  const { host, now } = useServices();
  const stepName = (step: TestStep) =>
    isKnown(step.code)
      ? t(`sync.steps.${step.code}`, { detail: step.detail })
      : t('sync.steps.unknown', { code: step.code });
  const detailOf = ({ detail }: TestStep) =>
    hasSentence(detail) ? t(`sync.details.${detail}`) : detail;
  const [copied, setCopied] = useState<'' | 'copied' | 'notCopied'>('');
  const copy = async () => {
    if (test.state !== 'done') return;
    // For whoever runs the endpoint: what was found, without the token.
    const lines = test.steps.map((step) =>
      `${step.ok ? 'ok' : 'FAILED'} ${step.code} ${step.detail}`.trimEnd(),
    );
    const head = `Countersign ${host.version}, ${test.kind}, ${new Date(now()).toISOString()}`;
    try {
      await navigator.clipboard.writeText([head, ...lines].join('\n'));
      setCopied('copied');
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      setCopied('notCopied');
    }
  };
  if (test.state === 'idle') return <div role="status" />;
  if (test.state === 'running') return <p role="status">{t('sync.testing')}</p>;
  if (test.state === 'failed')
    return (
      <Notice look="bad" role="alert">
        {t('sync.callFailed', { why: t(`callProblem.${test.code}`, { ns: 'panel' }) })}
      </Notice>
    );
  return (
    <div role="status" className="space-y-2">
      <Notice look={test.ok ? 'good' : 'bad'}>
        {test.ok ? t(`sync.passed.${test.kind}`) : t('sync.notPassed')}
      </Notice>
      <ol aria-label={t('sync.results')} className="space-y-1">
        {test.steps.map((step) => {
          const Icon = step.ok ? CircleCheck : CircleX;
          return (
            <li key={step.code} className="flex items-start gap-2">
              <Icon
                aria-hidden="true"
                className={`mt-0.5 size-4 shrink-0 ${step.ok ? 'text-low' : 'text-high'}`}
              />
              <span>
                {stepName(step)}: {step.ok ? t('sync.ok') : t('sync.bad')}
                {step.detail !== '' && <span className="text-muted"> · {detailOf(step)}</span>}
              </span>
            </li>
          );
        })}
      </ol>
      <Button onClick={() => void copy()}>{t('sync.copy')}</Button>
      <span role="status" className="ms-2 text-xs text-muted">
        {copied !== '' && t(`sync.${copied}`)}
      </span>
    </div>
  );
}
