import { useMemo } from 'react';
import type { SettingKey } from '../settings/catalog.ts';
import { isOrganizations, type InForce } from '../settings/in-force.ts';
import { readCustomSites } from '../sites/custom-sites.ts';
import { useInForceHere } from './use-in-force.ts';
import type { SaveProblem } from './use-save.ts';

/** What the organization set here, and what of it could not be used. */
export interface Managed {
  keys: readonly SettingKey[];
  problems: readonly SaveProblem[];
}

function managedOf({ settings, sources, problems }: InForce): Managed {
  const keys = (Object.keys(sources) as SettingKey[]).filter((key) =>
    isOrganizations(sources[key]),
  );
  const sites = keys.includes('customSites') ? readCustomSites(settings.customSites).problems : [];
  return {
    keys,
    problems: [
      ...problems,
      ...sites.map(({ code, params }) => ({ key: 'customSites', code, params: { ...params } })),
    ],
  };
}

/** What the organization set here; nothing until the settings were read. */
export function useManaged(): Managed {
  const now = useInForceHere();
  return useMemo(() => (now === null ? { keys: [], problems: [] } : managedOf(now)), [now]);
}
