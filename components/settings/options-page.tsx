import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLook } from '../../lib/view/use-look.ts';
import { InForceProvider, useInForce } from '../../lib/view/use-in-force.ts';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { LookSection } from './look-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { PoliciesSection } from './policies-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { SitesSection } from './sites-section.tsx';
import { SyncSection } from './sync-section.tsx';

const SECTIONS = ['sites', 'policies', 'people', 'sync', 'privacy', 'look', 'diagnostics'] as const;

/** The options page: every section on one page, each with an address of its own. */
export function OptionsPage() {
  const { t } = useTranslation('options');
  const inForce = useInForce();
  const settings = inForce?.settings ?? null;
  useLook(settings);
  const [arrived, setArrived] = useState(false);
  useEffect(() => {
    document.title = t('title');
  }, [t]);
  useEffect(() => {
    if (settings === null || arrived) return;
    setArrived(true);
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [settings, arrived]);
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-x-12 px-4 py-8 min-[720px]:flex-row min-[720px]:px-8">
      <header className="shrink-0 min-[720px]:sticky min-[720px]:top-8 min-[720px]:w-44 min-[720px]:self-start">
        <h1 className="text-lg font-semibold">{t('title')}</h1>
        <nav aria-label={t('nav')} className="mt-3 mb-6 flex flex-wrap gap-1 min-[720px]:flex-col">
          {SECTIONS.map((id) => (
            <a
              key={id}
              href={`#${id}`}
              className="flex min-h-8 items-center rounded-md px-2 text-muted hover:bg-hover hover:text-ink"
            >
              {t(`${id}.heading`)}
            </a>
          ))}
        </nav>
      </header>
      <main className="min-w-0 max-w-2xl flex-1 pb-24">
        {inForce !== null && settings !== null && (
          <InForceProvider value={inForce}>
            <SitesSection settings={settings} />
            <PoliciesSection inForce={inForce} />
            <PeopleSection settings={settings} />
            <SyncSection settings={settings} />
            <PrivacySection settings={settings} />
            <LookSection settings={settings} />
            <DiagnosticsSection inForce={inForce} />
          </InForceProvider>
        )}
      </main>
    </div>
  );
}
