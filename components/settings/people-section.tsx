import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalog, type Settings } from '../../lib/settings/catalog.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { Button } from '../ui/button.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { OptionsSection } from './options-section.tsx';
import { SavedNote } from './saved-note.tsx';
import { SignInPart } from './sign-in-part.tsx';

const ROLES = catalog.reviewerRole.schema.options;

/** People: one's own name and role, self-declared and marked so. */
export function PeopleSection({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { saved, save } = useSave();
  const [name, setName] = useState(settings.reviewerName);
  const [role, setRole] = useState(settings.reviewerRole);
  const nameLock = useLock('reviewerName');
  const roleLock = useLock('reviewerRole');
  // Who has which role a collector says, and nobody else.
  const isSaid = settings.endpointKind === 'collector' && settings.syncEndpoint !== '';
  return (
    <OptionsSection
      id="people"
      title={t('people.heading')}
      intro={t(isSaid ? 'people.introSaid' : 'people.intro')}
    >
      <SignInPart settings={settings} />
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save({
            ...(nameLock === undefined ? { reviewerName: name.trim() } : {}),
            ...(roleLock === undefined ? { reviewerRole: role } : {}),
          });
        }}
      >
        <div className="flex flex-wrap gap-3">
          <TextField
            className="min-w-0 flex-[1_1_15rem]"
            label={t('people.name')}
            hint={settings.reviewerName === '' ? t('people.unnamed') : ''}
            maxLength={80}
            value={nameLock === undefined ? name : settings.reviewerName}
            lockedBy={nameLock}
            onChange={(event) => setName(event.target.value)}
          />
          {!isSaid && (
            <Choice
              label={t('people.role')}
              value={roleLock === undefined ? role : settings.reviewerRole}
              lockedBy={roleLock}
              onChange={(event) => {
                const next = ROLES.find((each) => each === event.target.value);
                if (next !== undefined) setRole(next);
              }}
            >
              {ROLES.map((each) => (
                <option key={each} value={each}>
                  {t(`people.roles.${each}`)}
                </option>
              ))}
            </Choice>
          )}
        </div>
        {isSaid && <p className="max-w-prose text-xs text-muted">{t('people.roleSaid')}</p>}
        <Button type="submit">{t(isSaid ? 'people.saveName' : 'people.save')}</Button>
        <SavedNote saved={saved} />
      </form>
    </OptionsSection>
  );
}
