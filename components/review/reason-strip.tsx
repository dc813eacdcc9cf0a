import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REASON_CODES, type ReasonCode } from '../../lib/domain/decision.ts';
import { reasonKey } from '../../lib/view/verb-keys.ts';
import { Button, Kbd } from '../ui/button.tsx';
import { FIELD } from '../ui/field.tsx';

const TITLES = { 'send-back': 'whySendBack', reject: 'whyReject', abstain: 'whyAbstain' } as const;

/** Verbs that ask for a reason. */
type ReasonVerb = keyof typeof TITLES;

interface Props {
  verb: ReasonVerb;
  note: string;
  onNote: (note: string) => void;
  onReason: (reason: ReasonCode) => void;
  onCancel: () => void;
}

/** Group `Reason`: one press, or one digit, finishes the decision; the note is optional. */
export function ReasonStrip({ verb, note, onNote, onReason, onCancel }: Props) {
  const { t } = useTranslation('panel');
  const title = useRef<HTMLParagraphElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="space-y-2">
      <div className="flex items-center justify-between gap-2">
        <p ref={title} tabIndex={-1} className="font-medium">
          {t(`ask.${TITLES[verb]}`)}
        </p>
        <Button look="quiet" onClick={onCancel} hint="Esc">
          {t('ask.cancel')}
        </Button>
      </div>
      <div
        role="group"
        aria-label={t('ask.reason')}
        className="grid grid-cols-[repeat(auto-fit,minmax(min(9.5rem,100%),1fr))] gap-1"
      >
        {REASON_CODES.map((code, i) => (
          <button
            key={code}
            type="button"
            data-verb={`reason:${code}`}
            aria-keyshortcuts={reasonKey(i)}
            onClick={() => onReason(code)}
            className="flex min-h-8 items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-start leading-tight hover:bg-hover"
          >
            <Kbd>{reasonKey(i)}</Kbd>
            {t(`reason.${code}`)}
          </button>
        ))}
      </div>
      <input
        className={FIELD}
        aria-label={t('ask.note')}
        placeholder={t('ask.noteOptional')}
        value={note}
        maxLength={4000}
        onChange={(event) => onNote(event.target.value)}
      />
    </div>
  );
}

interface EscalateProps {
  /** Who gets it, and what becomes of the draft meanwhile. */
  hint: string;
  initial: string;
  onNote: (note: string) => void;
  onEscalate: (note: string) => void;
  onCancel: () => void;
}

/** Hands the item to a person, with a note that begins with what is open. */
export function EscalateForm({ hint, initial, onNote, onEscalate, onCancel }: EscalateProps) {
  const { t } = useTranslation('panel');
  const [note, setNote] = useState(initial);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onEscalate(note);
      }}
    >
      <p className="font-medium">{t('ask.escalateTitle')}</p>
      <p className="text-xs text-muted">{hint}</p>
      <textarea
        ref={field}
        className={`${FIELD} min-h-16`}
        aria-label={t('ask.note')}
        value={note}
        maxLength={4000}
        onChange={(event) => {
          setNote(event.target.value);
          onNote(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat)
            onEscalate(note);
        }}
      />
      <div className="flex gap-1.5">
        <Button type="submit" look="primary" className="flex-1">
          {t('decide.escalate')}
        </Button>
        <Button onClick={onCancel} hint="Esc">
          {t('ask.cancel')}
        </Button>
      </div>
    </form>
  );
}
