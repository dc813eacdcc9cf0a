import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkSettings, type Settings } from '../../lib/settings/catalog.ts';
import { keptToken } from '../../lib/settings/kept-token.ts';
import { relativeTime } from '../../lib/view/format.ts';
import { useServices } from '../../lib/view/services.ts';
import { useConnectionTest } from '../../lib/view/use-connection-test.ts';
import { useCounts, useSyncState } from '../../lib/view/use-counts.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { useSyncProblemWords } from '../../lib/view/use-sync-problem-words.ts';
import { useLocale, useNow } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { OptionsSection } from './options-section.tsx';
import { SavedNote } from './saved-note.tsx';
import { TestResults } from './test-results.tsx';

/** Digits of a saved token that are shown, so that two can be told apart. */
const TAIL = 4;

/** Sync endpoint: where decisions go besides this device, tested by proof of receipt. */
export function SyncSection({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { saved, save } = useSave();
  const { test, start } = useConnectionTest();
  const urlLock = useLock('syncEndpoint');
  const tokenLock = useLock('syncToken');
  const [typed, setUrl] = useState(settings.syncEndpoint);
  const url = urlLock === undefined ? typed : settings.syncEndpoint;
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState('');
  const kept = keptToken(settings, url.trim());
  const tokenNow = token === '' ? kept : token.trim();

  const check = (): boolean => {
    const good = checkSettings({ syncEndpoint: url.trim() }).problems.length === 0;
    setProblem(good ? '' : t('sync.urlBad'));
    return good;
  };
  return (
    <OptionsSection id="sync" title={t('sync.heading')} intro={t('sync.intro')}>
      {settings.syncEndpoint === '' ? <p>{t('sync.none')}</p> : <SyncStatus />}
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!check()) return;
          const syncEndpoint = url.trim();
          if (syncEndpoint === '') void save({ syncEndpoint, syncToken: '' });
          // Without a new one the worker keeps the token where it belongs, and says when it does not.
          else void save(token === '' ? { syncEndpoint } : { syncEndpoint, syncToken: tokenNow });
          setToken('');
        }}
      >
        <TextField
          label={t('sync.url')}
          hint={t('sync.urlHint')}
          lockedBy={urlLock}
          problem={problem}
          inputMode="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <TextField
          label={t('sync.token')}
          hint={t('sync.tokenHint')}
          lockedBy={tokenLock}
          placeholder={kept === '' ? '' : t('sync.tokenKept', { end: kept.slice(-TAIL) })}
          value={token}
          onChange={(event) => setToken(event.target.value)}
          masked={token !== ''}
        />
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => check() && void start(url.trim(), tokenNow)}>
            {t('sync.test')}
          </Button>
          <Button type="submit" look="primary">
            {t('sync.save')}
          </Button>
        </div>
        <SavedNote saved={saved} />
        <TestResults test={test} />
      </form>
      <p className="max-w-prose text-xs text-muted">{t('sync.leaves')}</p>
    </OptionsSection>
  );
}

/** What is waiting, when something last arrived, and why not since. */
function SyncStatus() {
  const { t } = useTranslation('options');
  const { call } = useServices();
  const locale = useLocale();
  const now = useNow();
  const counts = useCounts();
  const sync = useSyncState();
  const words = useSyncProblemWords();
  if (counts === null || sync === null) return null;
  const lines = [
    counts.unsynced === 0 ? t('sync.backlogNone') : t('sync.backlog', { count: counts.unsynced }),
    sync.lastOkAt === null
      ? null
      : t('sync.lastOk', { time: relativeTime(sync.lastOkAt, now, locale) }),
    sync.lastProblem === null ? null : t('sync.lastProblem', { problem: words(sync.lastProblem) }),
    sync.nextAt > now ? t('sync.nextTry', { when: relativeTime(sync.nextAt, now, locale) }) : null,
  ].filter((line) => line !== null);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-sunken p-3">
      <p className="min-w-0 flex-1" role="status">
        {lines.join(' ')}
      </p>
      <Button onClick={() => void call('sync.now', {})}>{t('sync.syncNow')}</Button>
    </div>
  );
}
