import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Assessment } from '../../lib/domain/assessment.ts';
import type { ReasonCode } from '../../lib/domain/decision.ts';
import { clockTime } from '../../lib/view/format.ts';
import { panelActions } from '../../lib/view/panel-store.ts';
import type { ItemView } from '../../lib/view/store-reads.ts';
import { useEditedAssessment } from '../../lib/view/use-edited-assessment.ts';
import { useUnsentEdit } from '../../lib/view/use-unsent-edit.ts';
import { useLocale } from '../../lib/view/use-words.ts';
import { suggestedReasons, wordDiff } from '../../lib/view/word-diff.ts';
import { Button } from '../ui/button.tsx';
import { FIELD } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { ChangesView, ChangeSummary } from './changes-view.tsx';
import { EditFlags } from './edit-flags.tsx';

interface Props {
  view: ItemView;
  /** Offsets in the draft to select first: the statement that is to be fixed. */
  focusOn: { start: number; end: number } | null;
  /** True when the form opened by a press, so that the field takes focus. */
  takeFocus: boolean;
  /** Why this text can't be approved; null when it can. `edited` is what is known of it. */
  refusalOf: (text: string, edited: Assessment | null) => string | null;
  /** Flags settled so far, by their keys. */
  settled: ReadonlyMap<string, string>;
  onSettle: (key: string, why: string | null) => void;
  onShow: (quote: string) => void;
  /** Told what is known of the text, after each pause. */
  onJudged: (edited: Assessment | null) => void;
  busy: boolean;
  /** Resolves to whether the decision was taken; only then the kept text is forgotten. */
  onSubmit: (text: string, reasons: readonly ReasonCode[], edited: Assessment) => Promise<boolean>;
  onBack: () => void;
  /** The foot of the screen, where the verbs stand otherwise. */
  foot: HTMLElement | null;
}

/** Region `Draft` while it is edited: a native text field, a live summary, the changes. */
export function EditForm(props: Props) {
  const { view, busy, onJudged } = props;
  const { item } = view;
  const { t } = useTranslation('panel');
  const locale = useLocale();
  const edit = useUnsentEdit(item.id, item);
  const { known, judge } = useEditedAssessment(view, edit.text);
  const [changes, setChanges] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { focusOn, takeFocus } = props;
  useEffect(() => {
    if (!takeFocus) return;
    field.current?.focus();
    const at = focusOn ?? { start: 0, end: 0 };
    field.current?.setSelectionRange(at.start, at.end);
  }, [takeFocus, focusOn]);

  const edited = known?.assessment ?? null;
  useEffect(() => onJudged(edited), [onJudged, edited]);
  useEffect(() => () => onJudged(null), [onJudged]);

  const refusal = props.refusalOf(edit.text, edited);
  const submit = async () => {
    if (busy) return;
    // What is shown may lag behind the last key; what is approved may not.
    const { assessment } = judge();
    const refused = props.refusalOf(edit.text, assessment);
    if (refused !== null) return panelActions.announce(refused);
    const reasons = suggestedReasons(wordDiff(item.draft, edit.text));
    if (await props.onSubmit(edit.text, reasons, assessment)) edit.drop();
  };
  const goTo = ({ start, end }: { start: number; end: number }) => {
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  };
  const reset = () => {
    const node = field.current;
    if (node === null) return;
    node.focus();
    node.select();
    // The one way to change a field so that the person's own Ctrl+Z takes it back.
    if (!document.execCommand('insertText', false, item.draft)) edit.change(item.draft);
  };
  return (
    <>
      <Section
        title={t('draft.region')}
        aside={
          <span className="text-xs text-muted">
            <ChangeSummary before={item.draft} after={edit.text} />
          </span>
        }
      >
        {edit.restored !== null && edit.restored.text !== item.draft && (
          <div className="mb-2">
            <Notice look="info">
              {t('edit.restored', { time: clockTime(edit.restored.at, locale) })}
            </Notice>
          </div>
        )}
        {edit.from.draft !== item.draft && (
          <div className="mb-2">
            <Notice look="warn" role="status">
              {t('edit.baseChanged')}
            </Notice>
          </div>
        )}
        <textarea
          ref={field}
          aria-label={t('edit.textbox')}
          className={`${FIELD} field-sizing-content max-h-[60vh] min-h-40 text-md leading-relaxed`}
          value={edit.text}
          onChange={(event) => edit.change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.onBack();
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              if (!event.repeat) void submit();
            }
          }}
        />
        <p className="mt-1 text-xs text-muted" aria-live="off">
          {edit.save.state === 'saved'
            ? t('edit.saved', { time: clockTime(edit.save.at, locale) })
            : t('edit.hint')}
        </p>
        {edit.save.state === 'refused' && (
          <Notice look="bad" role="alert">
            {t('edit.notSaved')}
          </Notice>
        )}
        {known !== null && (
          <EditFlags
            judged={known}
            sources={view.sources}
            settled={props.settled}
            onSettle={props.onSettle}
            onFix={goTo}
            onShow={props.onShow}
          />
        )}
        {changes && (
          <div className="mt-2 rounded-lg border border-line p-2.5">
            <ChangesView before={item.draft} after={edit.text} />
          </div>
        )}
      </Section>
      {props.foot !== null &&
        createPortal(
          <div className="space-y-1.5">
            {refusal !== null && (
              <p id="refusal-submit" className="text-xs text-muted">
                {refusal}
              </p>
            )}
            <div className="flex flex-wrap gap-1.5">
              <Button
                look="primary"
                className="flex-[1_1_100%]"
                refusedBy={refusal === null ? undefined : 'refusal-submit'}
                onClick={() => void submit()}
              >
                {t('edit.submit')}
              </Button>
              <Button
                className="flex-auto"
                aria-expanded={changes}
                onClick={() => setChanges(!changes)}
              >
                {changes ? t('edit.hideChanges') : t('edit.changes')}
              </Button>
              <Button className="flex-auto" onClick={reset}>
                {t('edit.reset')}
              </Button>
              <Button className="flex-auto" look="quiet" onClick={props.onBack}>
                {t('edit.back')}
              </Button>
            </div>
          </div>,
          props.foot,
        )}
    </>
  );
}
