import { useTranslation } from 'react-i18next';
import type { ReviewItem } from '../../lib/domain/item.ts';
import type { Decider } from '../../lib/domain/transitions.ts';
import { useInForceHere } from '../../lib/view/use-in-force.ts';
import type { useReview } from '../../lib/view/use-review.ts';
import type { useReviewActs } from '../../lib/view/use-review-acts.ts';
import { DecideToolbar } from './decide-toolbar.tsx';
import { DeferStrip } from './defer-strip.tsx';
import { EscalateForm, ReasonStrip } from './reason-strip.tsx';

interface Props {
  review: ReturnType<typeof useReview>;
  acts: ReturnType<typeof useReviewActs>;
  kind: ReviewItem['kind'];
  decider: Decider;
  showKeys: boolean;
}

/** The foot of the screen: the verbs, or what a verb still asks for. */
export function ReviewFoot({ review, acts, kind, decider, showKeys }: Props) {
  const { t } = useTranslation('panel');
  const { mode, setMode } = review;
  const isHanded = useInForceHere()?.settings.shareCases === true && decider.id !== '';
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
        hint={isHanded ? t('ask.escalateShared') : t('ask.escalateHint')}
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
      isCase={kind === 'case'}
      showKeys={showKeys}
      onVerb={acts.press}
      onRefused={acts.tellRefused}
    />
  );
}
