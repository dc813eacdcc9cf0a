import type { Settings } from '../settings/catalog.ts';
import { isLooser, isOrganizations, type InForce } from '../settings/in-force.ts';
import { SET_BY_ORGANIZATION } from '../settings/managed-values.ts';

/** A value that was left because the organization's holds. */
interface Left {
  key: keyof Settings;
  code: typeof SET_BY_ORGANIZATION;
  params: Record<string, never>;
}

/** True when a site's own mode would undercut the mode that the organization set for all. */
function undercuts(siteModes: Settings['siteModes'], { settings, sources }: InForce): boolean {
  return (
    isOrganizations(sources.mode) &&
    Object.values(siteModes).some((own) => isLooser(own, settings.mode))
  );
}

/**
 * Takes out of `values` what the organization set: no form, file or forged message changes it. What would
 * have changed something is named; the same value again is no attempt.
 */
export function refuseManaged(
  values: Partial<Settings>,
  before: InForce,
): { allowed: Partial<Settings>; left: Left[] } {
  const allowed = { ...values };
  const left: Left[] = [];
  for (const key of Object.keys(values) as (keyof Settings)[]) {
    const { siteModes } = values;
    const forbidden =
      isOrganizations(before.sources[key]) ||
      (key === 'siteModes' && siteModes !== undefined && undercuts(siteModes, before));
    if (!forbidden) continue;
    delete allowed[key];
    if (JSON.stringify(values[key]) !== JSON.stringify(before.settings[key]))
      left.push({ key, code: SET_BY_ORGANIZATION, params: {} });
  }
  return { allowed, left };
}
