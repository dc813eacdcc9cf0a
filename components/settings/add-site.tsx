import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../lib/settings/catalog.ts';
import { parseSiteEntry } from '../../lib/settings/site-entry.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { SiteConsent } from './site-consent.tsx';

interface Props {
  settings: Settings;
  /** Called once Chrome's permission is there. */
  onAdd: (site: string) => Promise<void>;
}

/** Adds a site: our own words and consent first, then Chrome's prompt in the same click. */
export function AddSite({ settings, onAdd }: Props) {
  const { t } = useTranslation('options');
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState('');
  const [asking, setAsking] = useState<string | null>(null);

  const next = () => {
    const site = address.trim().toLowerCase();
    if (parseSiteEntry(site) === null) return setProblem(t('sites.addressBad'));
    if (settings.sites.includes(site)) return setProblem(t('sites.addressKnown'));
    setProblem('');
    setAsking(site);
  };
  if (asking === null)
    return (
      <form
        className="flex flex-wrap items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <TextField
          className="min-w-0 flex-[1_1_15rem]"
          label={t('sites.address')}
          hint={t('sites.addressHint')}
          problem={problem}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Button type="submit" className="mt-6">
          {t('sites.continue')}
        </Button>
      </form>
    );
  return (
    <SiteConsent
      site={asking}
      settings={settings}
      onAllowed={async () => {
        await onAdd(asking);
        setAsking(null);
        setAddress('');
      }}
      onCancel={() => setAsking(null)}
    />
  );
}
