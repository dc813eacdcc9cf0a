import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { contentLevel } from '../../lib/domain/content-level.ts';
import type { Settings } from '../../lib/settings/catalog.ts';
import {
  useContentExamples,
  useContentSync,
  type SentAt,
} from '../../lib/view/use-content-example.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { useSyncProblemWords } from '../../lib/view/use-sync-problem-words.ts';
import { LockNote } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { SavedNote } from './saved-note.tsx';

/** What of texts leaves this device, with a real decision as it would travel at each level. */
export function ContentLevelChoice({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { saved, save } = useSave();
  const lock = useLock('contentLevel');
  const examples = useContentExamples();
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-intro`} className="min-w-0 space-y-3">
      <legend className="font-semibold">{t('privacy.leaves')}</legend>
      <p id={`${id}-intro`} className="max-w-prose text-muted">
        {t('privacy.leavesIntro')}
      </p>
      {lock !== undefined && <LockNote id={`${id}-lock`} says={lock} />}
      {contentLevel.options.map((level) => (
        <div key={level} className="space-y-1">
          <label className="flex min-h-8 items-start gap-2 py-1">
            <input
              type="radio"
              name={`${id}-level`}
              className="mt-1 size-4 shrink-0 accent-accent"
              checked={settings.contentLevel === level}
              {...(lock === undefined
                ? {}
                : { 'aria-disabled': true, 'aria-describedby': `${id}-lock` })}
              onChange={() => {
                if (lock === undefined) void save({ contentLevel: level });
              }}
            />
            <span className="min-w-0">
              <span className="font-medium">{t(`privacy.level.${level}`)}</span>
              <span className="block max-w-prose text-xs text-muted">
                {t(`privacy.levelHint.${level}`)}
              </span>
            </span>
          </label>
          <Example sent={examples?.find((each) => each.level === level)} />
        </div>
      ))}
      {examples === null && <p className="text-xs text-muted">{t('privacy.noExample')}</p>}
      <SavedNote saved={saved} />
      {settings.contentLevel !== 'ids' && <ContentStatus settings={settings} />}
    </fieldset>
  );
}

/** The bytes of one decision, and what was taken out of them. */
function Example({ sent }: { sent: SentAt | undefined }) {
  const { t } = useTranslation('options');
  if (sent === undefined) return null;
  const level = t(`privacy.level.${sent.level}`);
  const taken = sent.redactions.map(({ kind, count }) => t('privacy.taken', { kind, count }));
  return (
    <details className="ms-6 min-w-0">
      <summary className="cursor-pointer py-1 text-xs text-muted hover:text-ink">
        {t('privacy.example', { level })}
      </summary>
      <div className="mt-1 space-y-2">
        <Bytes label={t('privacy.asEvents', { level })} text={sent.events} />
        {sent.contents === null ? (
          <p className="text-xs text-muted">{t('privacy.noTexts')}</p>
        ) : (
          <>
            <Bytes label={t('privacy.asTexts', { level })} text={sent.contents} />
            <p className="text-xs text-muted">
              {taken.length === 0
                ? t('privacy.nothingTaken')
                : t('privacy.takenOut', { list: taken.join(', ') })}
            </p>
          </>
        )}
      </div>
    </details>
  );
}

const PLACEHOLDER = /(\[[a-z][a-z-]* \d+\])/u;

/** A request's body as it travels, with what was taken out marked. */
function Bytes({ label, text }: { label: string; text: string }) {
  const id = useId();
  return (
    <div>
      <p id={id} className="text-xs font-medium">
        {label}
      </p>
      <pre
        role="region"
        aria-labelledby={id}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it.
        tabIndex={0}
        className="mt-1 max-h-48 overflow-y-auto rounded-md bg-sunken p-2 text-xs wrap-anywhere whitespace-pre-wrap"
      >
        {text.split(PLACEHOLDER).map((part, at) =>
          at % 2 === 0 ? (
            part
          ) : (
            <mark key={at} className="rounded-sm bg-medium-soft px-0.5 text-medium">
              {part}
            </mark>
          ),
        )}
      </pre>
    </div>
  );
}

/** Where texts can't go, and how sending them goes where they can. */
function ContentStatus({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const sync = useContentSync();
  const words = useSyncProblemWords();
  if (settings.syncEndpoint === '' || settings.endpointKind !== 'collector')
    return <Notice look="info">{t('privacy.noCollector')}</Notice>;
  if (sync === null || (sync.lastProblem === null && sync.refused === 0)) return null;
  return (
    <Notice look="warn" role="status">
      {[
        sync.lastProblem === null
          ? null
          : t('privacy.notSent', { problem: words(sync.lastProblem) }),
        sync.refused === 0 ? null : t('privacy.refused', { count: sync.refused }),
      ]
        .filter((line) => line !== null)
        .join(' ')}
    </Notice>
  );
}
