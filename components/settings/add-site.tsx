import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../lib/settings/catalog.ts';
import { parseSiteEntry } from '../../lib/settings/site-entry.ts';
import { useServices } from '../../lib/view/services.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  settings: Settings;
  /** Called once Chrome's permission is there. */
  onAdd: (site: string) => Promise<void>;
}

/** Adds a site: our own words and consent first, then Chrome's prompt in the same click. */
export function AddSite({ settings, onAdd }: Props) {
  const { t } = useTranslation('options');
  const { host } = useServices();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState('');
  const [asking, setAsking] = useState<string | null>(null);
  const [agreed, setAgreed] = useState(false);
  const [refused, setRefused] = useState('');
  const checkbox = useId();

  const next = () => {
    const site = address.trim().toLowerCase();
    if (parseSiteEntry(site) === null) return setProblem(t('sites.addressBad'));
    if (settings.sites.includes(site)) return setProblem(t('sites.addressKnown'));
    setProblem('');
    setRefused('');
    setAsking(site);
  };
  const allow = async (site: string) => {
    if (!agreed) return;
    try {
      // First in the turn of the click: Chrome takes the question only from a gesture.
      const granted = await host.requestOrigins(parseSiteEntry(site)?.patterns ?? []);
      if (!granted) return setRefused(t('sites.denied'));
      await onAdd(site);
      setAsking(null);
      setAddress('');
    } catch (error) {
      setRefused(t('sites.failed', { why: String(error) }));
    }
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
  const endpoint = URL.canParse(settings.syncEndpoint) ? new URL(settings.syncEndpoint).host : null;
  return (
    <div
      role="group"
      aria-label={t('sites.before', { site: asking })}
      className="rounded-lg border border-line bg-sunken p-4"
    >
      <h3 className="font-semibold">{t('sites.before', { site: asking })}</h3>
      <ul className="mt-2 list-disc space-y-1 ps-4">
        <li>{t('sites.reads')}</li>
        <li>{t('sites.keeps')}</li>
        <li>
          {endpoint === null ? t('sites.sendsNothing') : t('sites.sends', { host: endpoint })}
        </li>
        <li>{t('sites.undo')}</li>
      </ul>
      <label htmlFor={checkbox} className="mt-3 flex min-h-8 items-center gap-2 font-medium">
        <input
          id={checkbox}
          type="checkbox"
          className="size-4 accent-accent"
          checked={agreed}
          onChange={(event) => setAgreed(event.target.checked)}
        />
        {t('sites.consent')}
      </label>
      {!agreed && (
        <p id={`${checkbox}-first`} className="text-xs text-muted">
          {t('sites.consentFirst')}
        </p>
      )}
      {refused !== '' && (
        <Notice look="warn" role="alert">
          {refused}
        </Notice>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          look="primary"
          refusedBy={agreed ? undefined : `${checkbox}-first`}
          onClick={() => void allow(asking)}
        >
          {t('sites.ask', { site: asking })}
        </Button>
        <Button onClick={() => setAsking(null)}>{t('sites.cancel')}</Button>
      </div>
    </div>
  );
}
