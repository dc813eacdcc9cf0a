import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalog, type Settings } from '../../lib/settings/catalog.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { LockNote, TextField } from '../ui/field.tsx';
import { SavedNote } from './saved-note.tsx';

/** Hours as typed; null for anything else. */
function hoursOf(text: string): number | null {
  const { schema } = catalog.caseDueHours;
  const parsed = schema.safeParse(/^\d+$/u.test(text.trim()) ? Number(text) : null);
  return parsed.success ? parsed.data : null;
}

/** What Escalate hands to the leads, and by when they are to answer. */
export function CasesPart({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { saved, save } = useSave();
  const shareLock = useLock('shareCases');
  const dueLock = useLock('caseDueHours');
  const [typed, setTyped] = useState<string | null>(null);
  const shown = dueLock === undefined && typed !== null ? typed : String(settings.caseDueHours);
  const done = () => {
    const hours = hoursOf(shown);
    if (hours === null) return;
    setTyped(null);
    if (hours !== settings.caseDueHours) void save({ caseDueHours: hours });
  };
  return (
    <div className="space-y-3">
      <h3 className="font-semibold">{t('cases.heading')}</h3>
      <div>
        <label className="flex min-h-6 items-start gap-2">
          <input
            type="checkbox"
            className="mt-1"
            checked={settings.shareCases}
            aria-describedby="share-cases-hint"
            aria-disabled={shareLock !== undefined || undefined}
            onChange={(event) => {
              if (shareLock === undefined) void save({ shareCases: event.target.checked });
            }}
          />
          <span className="font-medium">{t('cases.share')}</span>
        </label>
        {shareLock === undefined ? (
          <p id="share-cases-hint" className="max-w-prose ps-6 text-xs text-muted">
            {t('cases.shareHint')}
          </p>
        ) : (
          <LockNote id="share-cases-hint" says={shareLock} />
        )}
      </div>
      <TextField
        className="max-w-64"
        label={t('cases.due')}
        hint={t('cases.dueHint')}
        lockedBy={dueLock}
        problem={hoursOf(shown) === null ? t('cases.dueBad') : ''}
        inputMode="numeric"
        value={shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
        }}
      />
      <SavedNote saved={saved} />
    </div>
  );
}
