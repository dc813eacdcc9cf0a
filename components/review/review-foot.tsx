import { useTranslation } from 'react-i18next';
import type { useReview } from '../../lib/view/use-review.ts';
import type { useReviewActs } from '../../lib/view/use-review-acts.ts';
import { DecideToolbar } from './decide-toolbar.tsx';
import { DeferStrip } from './defer-strip.tsx';
import { EscalateForm, ReasonStrip } from './reason-strip.tsx';

interface Props {
  review: ReturnType<typeof useReview>;
  acts: ReturnType<typeof useReviewActs>;
  showKeys: boolean;
}

/** The foot of the screen: the verbs, or what a verb still asks for. */
export function ReviewFoot({ review, acts, showKeys }: Props) {
  const { t } = useTranslation('panel');
  const { mode, setMode } = review;
  const back = () => setMode({ kind: 'read' });
  if (mode.kind === 'edit') return null;
  if (mode.kind === 'reason')
    return (
      <ReasonStrip
        verb={mode.verb}
        note={acts.note.text}
        onNote={acts.note.change}
        onReason={(code) => acts.press(`reason:${code}`)}
        onCancel={back}
      />
    );
  if (mode.kind === 'escalate') {
    const open = review.open.map((flag) =>
      flag.statement === null
        ? (flag.lines[0]?.says ?? '')
        : t('decide.flagStatement', { index: flag.statement.index }),
    );
    const prefill = open.length === 0 ? '' : t('ask.escalatePrefill', { list: open.join(', ') });
    return (
      <EscalateForm
        initial={acts.note.text || prefill}
        onNote={acts.note.change}
        onEscalate={acts.escalate}
        onCancel={back}
      />
    );
  }
  if (mode.kind === 'defer') return <DeferStrip onDefer={acts.defer} onCancel={back} />;
  return (
    <DecideToolbar
      refusals={acts.refusals}
      showKeys={showKeys}
      onVerb={acts.press}
      onRefused={acts.tellRefused}
    />
  );
}
