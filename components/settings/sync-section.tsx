import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointKind } from '../../lib/domain/endpoint.ts';
import { catalog, checkSettings, type Settings } from '../../lib/settings/catalog.ts';
import { keptToken } from '../../lib/settings/kept-token.ts';
import { parseSiteEntry } from '../../lib/settings/site-entry.ts';
import { relativeTime } from '../../lib/view/format.ts';
import { useServices } from '../../lib/view/services.ts';
import { useConnectionTest } from '../../lib/view/use-connection-test.ts';
import { useCounts, useSyncState } from '../../lib/view/use-counts.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { useSyncProblemWords } from '../../lib/view/use-sync-problem-words.ts';
import { useLocale, useNow } from '../../lib/view/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { OptionsSection } from './options-section.tsx';
import { SavedNote } from './saved-note.tsx';
import { TestResults } from './test-results.tsx';

const KINDS = catalog.endpointKind.schema.options;

/** Digits of a saved token that are shown, so that two can be told apart. */
const TAIL = 4;

/** Sync endpoint: where decisions go besides this device, tested by proof of receipt. */
export function SyncSection({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { host } = useServices();
  const { saved, save } = useSave();
  const { test, start } = useConnectionTest();
  const urlLock = useLock('syncEndpoint');
  const tokenLock = useLock('syncToken');
  const kindLock = useLock('endpointKind');
  const [chosen, setKind] = useState(settings.endpointKind);
  const kind = kindLock === undefined ? chosen : settings.endpointKind;
  const [typed, setUrl] = useState(settings.syncEndpoint);
  const url = urlLock === undefined ? typed : settings.syncEndpoint;
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState('');
  const [denied, setDenied] = useState('');
  const kept = keptToken(settings, url.trim(), kind);
  const tokenNow = token === '' ? kept : token.trim();

  const check = (): boolean => {
    const good = checkSettings({ syncEndpoint: url.trim() }).problems.length === 0;
    setProblem(good ? '' : t('sync.urlBad'));
    return good;
  };
  /** Chrome's permission to read the answers of a server that does not know us; a collector allows us. */
  const permit = async (): Promise<void> => {
    const address = url.trim();
    if (kind === 'collector' || address === '') return setDenied('');
    const patterns = parseSiteEntry(new URL(address).origin)?.patterns ?? [];
    setDenied((await host.requestOrigins(patterns)) ? '' : new URL(address).host);
  };
  const apply = async (): Promise<void> => {
    const syncEndpoint = url.trim();
    // First in the turn of the click: Chrome takes the question only from a gesture.
    await permit();
    if (syncEndpoint === '') await save({ syncEndpoint, syncToken: '', endpointKind: kind });
    // Without a new one the worker keeps the token where it belongs, and says when it does not.
    else if (token === '') await save({ syncEndpoint, endpointKind: kind });
    else await save({ syncEndpoint, endpointKind: kind, syncToken: tokenNow });
    setToken('');
  };
  const tryIt = async (): Promise<void> => {
    await permit();
    await start({ url: url.trim(), token: tokenNow, kind });
  };
  return (
    <OptionsSection id="sync" title={t('sync.heading')} intro={t('sync.intro')}>
      {settings.syncEndpoint === '' ? (
        <p>{t('sync.none')}</p>
      ) : (
        <SyncStatus kind={settings.endpointKind} />
      )}
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (check()) void apply();
        }}
      >
        <Choice
          label={t('sync.kind')}
          lockedBy={kindLock}
          value={kind}
          onChange={(event) => {
            const next = KINDS.find((each) => each === event.target.value);
            if (next !== undefined) setKind(next);
          }}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`sync.kinds.${each}`)}
            </option>
          ))}
        </Choice>
        <p className="max-w-prose text-xs text-muted">{t(`sync.kindHint.${kind}`)}</p>
        <TextField
          label={t('sync.url')}
          hint={[t('sync.urlHint'), kind === 'collector' ? '' : t(`sync.urlOf.${kind}`)].join(' ')}
          lockedBy={urlLock}
          problem={problem}
          inputMode="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <TextField
          label={t('sync.token')}
          hint={`${t(`sync.tokenOf.${kind}`)} ${t('sync.tokenHint')}`}
          lockedBy={tokenLock}
          placeholder={kept === '' ? '' : t('sync.tokenKept', { end: kept.slice(-TAIL) })}
          value={token}
          onChange={(event) => setToken(event.target.value)}
          masked={token !== ''}
        />
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => check() && void tryIt()}>{t('sync.test')}</Button>
          <Button type="submit" look="primary">
            {t('sync.save')}
          </Button>
        </div>
        <SavedNote saved={saved} />
        {denied !== '' && (
          <Notice look="warn" role="alert">
            {t('sync.permission', { host: denied })}
          </Notice>
        )}
        <TestResults test={test} />
      </form>
      <p className="max-w-prose text-xs text-muted">
        {t(`sync.leaves.${kind === 'collector' ? settings.contentLevel : 'ids'}`)}
      </p>
    </OptionsSection>
  );
}

/** What is waiting, when something last arrived, and why not since. */
function SyncStatus({ kind }: { kind: EndpointKind }) {
  const { t } = useTranslation('options');
  const { call } = useServices();
  const locale = useLocale();
  const now = useNow();
  const counts = useCounts();
  const sync = useSyncState();
  const words = useSyncProblemWords();
  if (counts === null || sync === null) return null;
  const { unsynced: count } = counts;
  const backlog =
    kind === 'collector'
      ? t(count === 0 ? 'sync.backlogNone' : 'sync.backlog', { count })
      : t(count === 0 ? 'sync.sentAll' : 'sync.toSend', { count });
  const lines = [
    backlog,
    sync.lastOkAt === null
      ? null
      : t('sync.lastOk', { time: relativeTime(sync.lastOkAt, now, locale) }),
    sync.lastProblem === null ? null : t('sync.lastProblem', { problem: words(sync.lastProblem) }),
    sync.rejected === 0 ? null : t('sync.rejected', { count: sync.rejected }),
    sync.nextAt > now ? t('sync.nextTry', { when: relativeTime(sync.nextAt, now, locale) }) : null,
  ].filter((line) => line !== null);
  return (
    <div className="space-y-2 rounded-lg bg-sunken p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 flex-1" role="status">
          {lines.join(' ')}
        </p>
        <Button onClick={() => void call('sync.now', {})}>{t('sync.syncNow')}</Button>
      </div>
      <BacklogProgress unsynced={count} />
    </div>
  );
}

/** A backlog that is worth a bar; what is sent in a moment would only make it blink. */
const BAR_FROM = 500;

/** How far a backlog has drained since its highest, as long as this page is open. */
function BacklogProgress({ unsynced }: { unsynced: number }) {
  const { t } = useTranslation('options');
  const [peak, setPeak] = useState(unsynced);
  if (unsynced > peak) setPeak(unsynced);
  if (unsynced === 0 && peak !== 0) setPeak(0);
  if (peak < BAR_FROM || unsynced === 0) return null;
  const done = peak - unsynced;
  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <progress
        aria-label={t('sync.progress')}
        className="h-1.5 min-w-0 flex-1 accent-accent"
        max={peak}
        value={done}
      />
      <span className="tabular">{t('sync.progressOf', { done, total: peak })}</span>
    </div>
  );
}
