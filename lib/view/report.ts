import { isSettingKey, SECRET_KEYS, type SettingKey } from '../settings/catalog.ts';
import type { InForce, SettingSource } from '../settings/in-force.ts';
import type { ProblemRow } from '../store/rows.ts';

/** One setting as Diagnostics shows it. */
export interface EffectiveValue {
  key: SettingKey;
  value: string;
  source: SettingSource;
}

/** Settings in force and where each comes from. `secret` and `none` are the words for such values. */
export function effectiveValues(
  { settings, sources }: Pick<InForce, 'settings' | 'sources'>,
  words: { secret: string; none: string },
): EffectiveValue[] {
  const shown = (key: SettingKey) => {
    const value = settings[key];
    if (value === '' || (Array.isArray(value) && value.length === 0)) return words.none;
    if (SECRET_KEYS.includes(key)) return words.secret;
    if (key === 'customSites') return String(settings.customSites.length);
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return (Object.keys(sources) as SettingKey[]).map((key) => ({
    key,
    value: shown(key),
    source: sources[key],
  }));
}

const managedKeys = (sources: InForce['sources']) =>
  Object.entries(sources).flatMap(([key, source]) => (source === 'managed' ? [key] : []));

/** What a report may hold: numbers, codes and names of settings. No texts, addresses, names, tokens. */
export function reportText(input: {
  version: string;
  browser: string;
  storage: { used: number; quota: number };
  counts: { waiting: number; unsynced: number } | null;
  inForce: InForce;
  problems: readonly ProblemRow[];
}): string {
  const { settings, sources, problems: unused } = input.inForce;
  return JSON.stringify(
    {
      version: input.version,
      browser: input.browser,
      storage: input.storage,
      counts: input.counts,
      settings: {
        mode: settings.mode,
        sites: settings.sites.length,
        siteModes: Object.values(settings.siteModes),
        ruleTiers: settings.ruleTiers,
        ruleThresholds: settings.ruleThresholds,
        customSites: settings.customSites.length,
        syncEndpoint: settings.syncEndpoint !== '',
        syncToken: settings.syncToken !== '',
        contentLevel: settings.contentLevel,
        contentDays: settings.contentDays,
        reviewerRole: settings.reviewerRole,
        bareKeys: settings.bareKeys,
        textSize: settings.textSize,
        theme: settings.theme,
        locale: settings.locale,
        consent: settings.consentAt > 0,
      },
      managed: managedKeys(sources),
      managedProblems: unused.map(({ key, code }) =>
        isSettingKey(key) ? { key, code } : { code },
      ),
      problems: input.problems.map(({ at, code }) => ({ at: new Date(at).toISOString(), code })),
    },
    null,
    2,
  );
}
