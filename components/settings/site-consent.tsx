import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../lib/settings/catalog.ts';
import { parseSiteEntry } from '../../lib/settings/site-entry.ts';
import { useServices } from '../../lib/view/services.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  site: string;
  settings: Settings;
  /** Called once Chrome's permission is there. */
  onAllowed: () => Promise<void>;
  onCancel: () => void;
}

/** Before a site is read: our own words and consent first, then Chrome's prompt in the same click. */
export function SiteConsent({ site, settings, onAllowed, onCancel }: Props) {
  const { t } = useTranslation('options');
  const { host } = useServices();
  const [agreed, setAgreed] = useState(false);
  const [refused, setRefused] = useState('');
  const checkbox = useId();

  const allow = async () => {
    if (!agreed) return;
    try {
      // First in the turn of the click: Chrome takes the question only from a gesture.
      const granted = await host.requestOrigins(parseSiteEntry(site)?.patterns ?? []);
      if (!granted) return setRefused(t('sites.denied'));
      await onAllowed();
    } catch (error) {
      setRefused(t('sites.failed', { why: String(error) }));
    }
  };
  const endpoint = URL.canParse(settings.syncEndpoint) ? new URL(settings.syncEndpoint).host : null;
  return (
    <div
      role="group"
      aria-label={t('sites.before', { site: site })}
      className="rounded-lg border border-line bg-sunken p-4"
    >
      <h3 className="font-semibold">{t('sites.before', { site: site })}</h3>
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
          onClick={() => void allow()}
        >
          {t('sites.ask', { site: site })}
        </Button>
        <Button onClick={onCancel}>{t('sites.cancel')}</Button>
      </div>
    </div>
  );
}
