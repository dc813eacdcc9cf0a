import { CircleAlert, CircleCheck, Globe, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mode as modeSchema, type Mode } from '../../lib/domain/gate.ts';
import type { Settings } from '../../lib/settings/catalog.ts';
import { isLooser } from '../../lib/settings/in-force.ts';
import { parseSiteEntry } from '../../lib/settings/site-entry.ts';
import { useServices } from '../../lib/view/services.ts';
import { useCoverage } from '../../lib/view/use-sites-covered.ts';
import { useIsManaged } from '../../lib/view/use-in-force.ts';
import { useLock } from '../../lib/view/use-lock.ts';
import { useSave } from '../../lib/view/use-save.ts';
import { Button } from '../ui/button.tsx';
import { Choice, LockNote } from '../ui/field.tsx';
import { AddSite } from './add-site.tsx';
import { OptionsSection } from './options-section.tsx';
import { SavedNote } from './saved-note.tsx';
import { SiteConsent } from './site-consent.tsx';

/** Sites: which are watched, in which mode, and whether Chrome lets us. */
export function SitesSection({ settings }: { settings: Settings }) {
  const { t } = useTranslation('options');
  const { host, call, now } = useServices();
  const { saved, save } = useSave();
  const [asked, setAsked] = useState(0);
  const [permitting, setPermitting] = useState<string | null>(null);
  const coverage = useCoverage(settings, asked);
  const sitesLock = useLock('sites');
  const modesLock = useLock('siteModes');
  const least = useIsManaged('mode') ? settings.mode : 'observe';

  const consentAt = settings.consentAt === 0 ? now() : settings.consentAt;
  const add = async (site: string) => {
    await save({ sites: [...settings.sites, site], consentAt });
    await call('site.register', {});
    setAsked(asked + 1);
  };
  const remove = async (site: string) => {
    if (sitesLock !== undefined) return;
    const { [site]: _, ...siteModes } = settings.siteModes;
    const sites = settings.sites.filter((each) => each !== site);
    await save(modesLock === undefined ? { sites, siteModes } : { sites });
    // Chrome refuses to give back what the build holds by itself; the site is off the list all the same.
    await host.removeOrigins(parseSiteEntry(site)?.patterns ?? []).catch(() => false);
  };
  /** A site that came with a file: permitted now, and agreed to if nothing was before. */
  const permitted = async () => {
    if (settings.consentAt === 0) await save({ consentAt });
    await call('site.register', {});
    setPermitting(null);
    setAsked(asked + 1);
  };
  return (
    <OptionsSection id="sites" title={t('sites.heading')} intro={t('sites.intro')}>
      {settings.sites.length === 0 ? (
        <p className="rounded-lg bg-sunken p-4">
          <strong className="block">{t('sites.none')}</strong>
          <span className="text-muted">{t('sites.noneDetail')}</span>
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {settings.sites.map((site) => (
            <li key={site} className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3">
              <Globe aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <div className="min-w-0 flex-[1_1_10rem]">
                <p className="font-medium">{site}</p>
                <Covered covered={coverage?.get(site) ?? null} />
              </div>
              {coverage?.get(site) === false && permitting !== site && (
                <Button onClick={() => setPermitting(site)}>{t('sites.permit')}</Button>
              )}
              <Choice
                quiet
                label={t('sites.mode', { site })}
                lockedBy={modesLock}
                value={settings.siteModes[site] ?? settings.mode}
                onChange={(event) => {
                  const mode = modeSchema.safeParse(event.target.value);
                  if (mode.success)
                    void save({ siteModes: { ...settings.siteModes, [site]: mode.data } });
                }}
              >
                <ModeOptions least={least} />
              </Choice>
              <Button
                look="quiet"
                refusedBy={sitesLock === undefined ? undefined : 'sites-lock'}
                aria-label={t('sites.removeName', { site })}
                onClick={() => void remove(site)}
              >
                <Trash2 aria-hidden="true" className="size-4" />
              </Button>
              {permitting === site && (
                <div className="basis-full">
                  <SiteConsent
                    site={site}
                    settings={settings}
                    onAllowed={permitted}
                    onCancel={() => setPermitting(null)}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {sitesLock === undefined ? (
        <AddSite settings={settings} onAdd={add} />
      ) : (
        <LockNote id="sites-lock" says={sitesLock} />
      )}
      <Choice
        className="max-w-80"
        label={t('sites.standardMode')}
        lockedBy={useLock('mode')}
        value={settings.mode}
        onChange={(event) => {
          const mode = modeSchema.safeParse(event.target.value);
          if (mode.success) void save({ mode: mode.data });
        }}
      >
        <ModeOptions least="observe" />
      </Choice>
      <SavedNote saved={saved} />
    </OptionsSection>
  );
}

const MODES: readonly Mode[] = modeSchema.options;

/** The modes to choose from; none looser than the organization's for all sites. */
function ModeOptions({ least }: { least: Mode }) {
  const { t } = useTranslation('options');
  return MODES.filter((each) => !isLooser(each, least)).map((each) => (
    <option key={each} value={each}>
      {t(`sites.modes.${each}`)}
    </option>
  ));
}

function Covered({ covered }: { covered: boolean | null }) {
  const { t } = useTranslation('options');
  if (covered === null) return null;
  const Icon = covered ? CircleCheck : CircleAlert;
  return (
    <p className="flex items-center gap-1 text-xs text-muted">
      <Icon aria-hidden="true" className={covered ? 'size-3.5 text-low' : 'size-3.5 text-medium'} />
      {covered ? t('sites.covered') : t('sites.notPermitted')}
    </p>
  );
}
