import { useId, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../lib/settings/catalog.ts';
import { parseSettingsFile, settingsFile, type FileProblem } from '../../lib/settings/file.ts';
import { downloadFile } from '../../lib/view/use-export.ts';
import { appliedCount } from '../../lib/view/applied-count.ts';
import { useSave, type Saved, type SaveProblem } from '../../lib/view/use-save.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { CasesPart } from './cases-part.tsx';
import { ContentLevelChoice } from './content-level.tsx';
import { OptionsSection } from './options-section.tsx';
import { Retention } from './retention.tsx';
import { Problems, SavedNote } from './saved-note.tsx';

type Imported =
  | { state: 'idle' }
  | { state: 'unread'; problem: FileProblem; detail: string }
  | { state: 'failed'; outcome: Saved; problems: readonly SaveProblem[] }
  | { state: 'applied'; count: number; problems: readonly SaveProblem[] };

/** Privacy: where texts are, what of them leaves, how long they stay, and the settings file that carries settings between devices. */
export function PrivacySection({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { save } = useSave();
  const [imported, setImported] = useState<Imported>({ state: 'idle' });
  const input = useId();

  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const field = event.target;
    const file = field.files?.[0];
    if (file === undefined) return;
    const read = parseSettingsFile(await file.text());
    // The same file again must be a change again.
    field.value = '';
    if (!read.ok) return setImported({ state: 'unread', ...read });
    const outcome = await save(read.values, 'import');
    const { problems } = read;
    if (outcome.state === 'failed') return setImported({ state: 'failed', outcome, problems });
    const refused = outcome.state === 'refused' ? outcome.problems : [];
    const count = appliedCount(read.values, refused);
    setImported({ state: 'applied', count, problems: [...problems, ...refused] });
  };
  return (
    <OptionsSection id="privacy" title={t('privacy.heading')}>
      <p className="max-w-prose">{t('privacy.where')}</p>
      <p className="max-w-prose">{t('privacy.record')}</p>
      <ContentLevelChoice settings={settings} />
      <CasesPart settings={settings} />
      <Retention settings={settings} />
      <div>
        <h3 className="font-semibold">{t('privacy.transfer')}</h3>
        <p className="text-muted">{t('privacy.transferIntro')}</p>
        <div className="mt-3 flex flex-wrap items-end gap-3">
          <div className="min-w-0 space-y-1">
            <label htmlFor={input} className="block font-medium">
              {t('privacy.import')}
            </label>
            <input
              id={input}
              type="file"
              accept="application/json,.json"
              className="w-full text-sm file:me-2 file:min-h-8 file:rounded-md file:border file:border-line file:bg-raised file:px-2.5 file:text-ink"
              onChange={(event) => void take(event)}
            />
          </div>
          <Button
            onClick={() =>
              downloadFile(
                [settingsFile(settings)],
                'application/json',
                'countersign-settings.json',
              )
            }
          >
            {t('privacy.export')}
          </Button>
        </div>
      </div>
      {imported.state === 'unread' && (
        <Notice look="bad" role="alert">
          {t(`privacy.fileProblem.${imported.problem}`, { detail: imported.detail })}
        </Notice>
      )}
      {imported.state === 'failed' && (
        <>
          <SavedNote saved={imported.outcome} />
          <Problems problems={imported.problems} />
        </>
      )}
      {imported.state === 'applied' && (
        <>
          <Notice look={imported.problems.length === 0 ? 'good' : 'info'} role="status">
            {t('privacy.imported', { count: imported.count })}
          </Notice>
          <Problems problems={imported.problems} />
        </>
      )}
    </OptionsSection>
  );
}
