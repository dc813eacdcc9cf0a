import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contentDays } from '../../lib/domain/content-level.ts';
import type { Settings } from '../../lib/settings/catalog.ts';
import { useServices } from '../../lib/view/services.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { SavedNote } from './saved-note.tsx';

/** A number of days as typed; null for anything else. */
function daysOf(text: string): number | null {
  const parsed = contentDays.safeParse(/^\d+$/u.test(text.trim()) ? Number(text) : null);
  return parsed.success ? parsed.data : null;
}

/** How long texts stay on this device, and erasing them sooner. */
export function Retention({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { saved, save } = useSave();
  const lock = useLock('contentDays');
  const [typed, setTyped] = useState<string | null>(null);
  const shown = lock === undefined && typed !== null ? typed : String(settings.contentDays);
  const isBad = daysOf(shown) === null;
  const done = () => {
    const days = daysOf(shown);
    if (days === null) return;
    setTyped(null);
    if (days !== settings.contentDays) void save({ contentDays: days });
  };
  return (
    <div className="space-y-3">
      <h3 className="font-semibold">{t('privacy.retention')}</h3>
      <p className="max-w-prose text-muted">{t('privacy.retentionIntro')}</p>
      <TextField
        className="max-w-64"
        label={t('privacy.days')}
        hint={t('privacy.daysHint')}
        lockedBy={lock}
        problem={isBad ? t('privacy.daysBad') : ''}
        inputMode="numeric"
        value={shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
        }}
      />
      <SavedNote saved={saved} />
      <EraseNow days={settings.contentDays} />
    </div>
  );
}

type Erasing =
  | { state: 'idle' | 'asking' | 'refused' | 'failed' }
  | { state: 'done'; items: number; texts: number };

/** Erases at once what ended longer ago than the person says; asked twice, since nothing brings it back. */
function EraseNow({ days }: { days: number }) {
  const { t } = useTranslation('options');
  const { call } = useServices();
  const [erasing, setErasing] = useState<Erasing>({ state: 'idle' });
  const [typed, setTyped] = useState(String(days));
  const wanted = daysOf(typed);
  const erase = async () => {
    if (wanted === null) return;
    try {
      const { items, texts, refused } = await call('content.erase', { days: wanted });
      setErasing(refused ? { state: 'refused' } : { state: 'done', items, texts });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setErasing({ state: 'failed' });
    }
  };
  return (
    <div className="space-y-2">
      {erasing.state !== 'asking' && (
        <Button onClick={() => setErasing({ state: 'asking' })}>{t('privacy.erase')}</Button>
      )}
      {erasing.state === 'asking' && (
        <div className="space-y-2 rounded-lg bg-sunken p-3">
          <TextField
            className="max-w-64"
            label={t('privacy.eraseDays')}
            problem={wanted === null ? t('privacy.daysBad') : ''}
            inputMode="numeric"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <p className="max-w-prose">{t('privacy.eraseAsk')}</p>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" onClick={() => void erase()}>
              {t('privacy.eraseNow')}
            </Button>
            <Button onClick={() => setErasing({ state: 'idle' })}>{t('privacy.eraseNot')}</Button>
          </div>
        </div>
      )}
      {erasing.state === 'done' && (
        <Notice look="good" role="status">
          {t('privacy.erased', { count: erasing.items, texts: erasing.texts })}
        </Notice>
      )}
      {(erasing.state === 'refused' || erasing.state === 'failed') && (
        <Notice look="bad" role="alert">
          {t(erasing.state === 'refused' ? 'privacy.eraseRefused' : 'privacy.eraseFailed')}
        </Notice>
      )}
    </div>
  );
}
