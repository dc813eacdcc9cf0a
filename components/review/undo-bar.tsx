import { Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { caseStanding } from '../../lib/view/case-words.ts';
import { clockTime } from '../../lib/view/format.ts';
import { panelActions, type LastDecision } from '../../lib/view/panel-store.ts';
import { useServices } from '../../lib/view/services.ts';
import { useLive } from '../../lib/view/use-live.ts';
import { callProblem, type DecideProblem } from '../../lib/view/use-decide.ts';
import { useProblemWords } from '../../lib/view/use-refusal-words.ts';
import { useArmedKeys } from '../../lib/view/use-armed-keys.ts';
import { useItemWords, useLocale } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';

/** Key of Undo as it is shown; pressed without Shift. */
const UNDO_KEY = 'Z';

/** Most characters of a subject: the bar stays two lines high. */
const SUBJECT = 48;

function shortened(subject: string): string {
  const letters = Array.from(subject);
  return letters.length <= SUBJECT ? subject : `${letters.slice(0, SUBJECT).join('').trimEnd()}…`;
}

type Undoing = { state: 'no' } | { state: 'undone' } | { state: 'failed'; problem: DecideProblem };

/** The last decision, with Undo for as long as nothing was sent. No timer takes it away. */
export function UndoBar({ last, bareKeys }: { last: LastDecision; bareKeys: boolean }) {
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const words = useItemWords();
  const problemWords = useProblemWords();
  const { reads, call } = useServices();
  const live = useLive(() => reads.item(last.itemId), [reads, last.itemId]);
  const [undoing, setUndoing] = useState<Undoing>({ state: 'no' });
  /** A press came that was not taken as meant. */
  const [again, setAgain] = useState(false);
  const item = live.state === 'ready' ? live.value : undefined;
  const canUndo =
    undoing.state !== 'undone' &&
    item?.kind !== 'case' &&
    item?.delivery === 'not-sent' &&
    item.decision?.decisionId === last.decisionId;

  const undo = async () => {
    try {
      const reply = await call('item.undo', { decisionId: last.decisionId, itemId: last.itemId });
      setUndoing(
        reply.ok
          ? { state: 'undone' }
          : {
              state: 'failed',
              problem: { kind: 'refusal', code: reply.refusal, detail: reply.detail },
            },
      );
    } catch (error) {
      setUndoing({ state: 'failed', problem: callProblem(error) });
    }
  };
  const press = useArmedKeys(
    null,
    {
      verbOf: (event) => (canUndo && bareKeys && event.key === 'z' ? 'undo' : null),
      onVerb: () => void undo(),
      onAgain: () => setAgain(true),
    },
    'bar',
  );

  if (item === undefined) return null;
  const subject = shortened(words.subject(item));
  const verb = t(`undo.verbs.${last.verb}`);
  const releases = last.verb === 'approve' || last.verb === 'edit';
  const overtaken = item.kind === 'case' ? caseStanding(item, '', 0) : null;
  const line =
    overtaken?.state === 'overtaken'
      ? t('undo.overtaken', {
          subject,
          by: overtaken.by,
          outcome: t(`case.outcome.${overtaken.outcome}`),
        })
      : undoing.state === 'undone'
        ? t('undo.undone', { subject })
        : undoing.state === 'failed'
          ? t('undo.failed', { subject, verb, why: problemWords(undoing.problem) })
          : item.delivery !== 'not-sent'
            ? t('undo.sent', { subject, time: clockTime(item.updatedAt, locale) })
            : releases && item.kind === 'draft'
              ? t('undo.line', { subject, verb })
              : last.verb === 'send-back' && item.effect === 'failed'
                ? t('undo.lineCopied', { subject, verb })
                : t('undo.lineHeld', { subject, verb });
  return (
    <section
      aria-label={t('undo.label')}
      className="flex items-center gap-2 border-t border-line bg-sunken py-1 ps-3 pe-1.5"
    >
      <p
        className="min-w-0 flex-1 wrap-anywhere"
        role={undoing.state === 'failed' ? 'alert' : undefined}
      >
        {line}
        {again && canUndo && <span role="status"> {t('undo.again', { key: UNDO_KEY })}</span>}
      </p>
      {canUndo && (
        <Button
          look="quiet"
          hint={bareKeys ? UNDO_KEY : undefined}
          icon={<Undo2 aria-hidden="true" className="size-4" />}
          onClick={() => press('undo')}
        >
          {t('undo.undo')}
        </Button>
      )}
      <Button
        look="quiet"
        aria-label={t('undo.dismiss')}
        onClick={() => panelActions.decided(null)}
      >
        <X aria-hidden="true" className="size-4" />
      </Button>
    </section>
  );
}
