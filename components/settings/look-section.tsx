import { useTranslation } from 'react-i18next';
import { catalog, type Settings } from '../../lib/settings/catalog.ts';
import { LOCALES } from '../../lib/view/i18n.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { Choice, LockNote } from '../ui/field.tsx';
import { OptionsSection } from './options-section.tsx';
import { SavedNote } from './saved-note.tsx';

const SIZES = [90, 100, 110, 125, 150, 175, 200] as const;
const THEMES = catalog.theme.schema.options;

/** Language and look: text size for the panel, theme, language, letter keys. */
export function LookSection({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { saved, save } = useSave();
  const keysLock = useLock('bareKeys');
  const sizes = [...new Set([...SIZES, settings.textSize])].sort((a, b) => a - b);
  return (
    <OptionsSection id="look" title={t('look.heading')}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(10rem,100%),1fr))] gap-3">
        <Choice
          label={t('look.textSize')}
          lockedBy={useLock('textSize')}
          value={settings.textSize}
          onChange={(event) => void save({ textSize: Number(event.target.value) })}
        >
          {sizes.map((size) => (
            <option key={size} value={size}>
              {t('look.percent', { count: size })}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('look.theme')}
          lockedBy={useLock('theme')}
          value={settings.theme}
          onChange={(event) => {
            const theme = THEMES.find((each) => each === event.target.value);
            if (theme !== undefined) void save({ theme });
          }}
        >
          {THEMES.map((each) => (
            <option key={each} value={each}>
              {t(`look.themes.${each}`)}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('look.locale')}
          lockedBy={useLock('locale')}
          value={settings.locale}
          onChange={(event) => void save({ locale: event.target.value })}
        >
          {LOCALES.map((each) => (
            <option key={each} value={each}>
              {t(`look.locales.${each}`)}
            </option>
          ))}
        </Choice>
      </div>
      <label className="flex min-h-8 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={settings.bareKeys}
          {...(keysLock === undefined
            ? {}
            : { 'aria-disabled': true, 'aria-describedby': 'look-keys-lock' })}
          onChange={(event) => {
            if (keysLock === undefined) void save({ bareKeys: event.target.checked });
          }}
        />
        {t('look.bareKeys')}
      </label>
      {keysLock !== undefined && <LockNote id="look-keys-lock" says={keysLock} />}
      <SavedNote saved={saved} />
    </OptionsSection>
  );
}
