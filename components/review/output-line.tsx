import { Bot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../lib/domain/output.ts';
import { duration, share } from '../../lib/view/format.ts';
import { useFinishWords } from '../../lib/view/use-finish-words.ts';
import { useLocale } from '../../lib/view/use-words.ts';

/** Where the text comes from: model, how it ended, latency, usage, evidence, how much matches. */
export function OutputLine({ output, matchShare }: { output: Output | null; matchShare: number }) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const finishWords = useFinishWords();
  if (output === null) return <p className="px-3 text-xs text-muted">{t('output.none')}</p>;
  const { firstByteMs, totalMs } = output.latency;
  const total = totalMs === null ? null : duration(totalMs, locale);
  const latency =
    total === null
      ? null
      : firstByteMs === null
        ? t('output.latencyTotal', { total })
        : t('output.latency', { first: duration(firstByteMs, locale), total });
  const { usage } = output;
  const words = output.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const parts = [
    finishWords(output),
    latency,
    usage === null || usage.input === null || usage.output === null
      ? t('output.usageUnknown')
      : t('output.usage', { input: usage.input, output: usage.output }),
    output.evidence.map((each) => t(`output.evidence.${each}`)).join(', '),
    t('output.matched', { share: share(matchShare, locale), n: words }),
  ].filter((part) => part !== null && part !== '');
  return (
    <div className="flex gap-2 px-3 text-xs text-muted" role="note" aria-label={t('output.label')}>
      <Bot aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <p className="min-w-0">
        <span className="font-medium text-ink">{output.model ?? t('output.modelUnknown')}</span>
        {parts.map((part) => (
          <span key={part}> · {part}</span>
        ))}
      </p>
    </div>
  );
}
