import type { Settings } from '../settings/catalog.ts';
import { isLooser, type InForce } from '../settings/in-force.ts';
import { ADMINS_ONLY } from '../settings/saved-notices.ts';
import { readTeam } from '../settings/team-store.ts';

/** A value that was left because of the person's role. */
interface Left {
  key: keyof Settings;
  code: typeof ADMINS_ONLY;
  params: Record<string, never>;
}

/** What a team relies on: where its record goes, what its rules ask for, what leaves and how long it stays. */
const ADMIN_KEYS: ReadonlySet<keyof Settings> = new Set([
  'endpointKind',
  'syncEndpoint',
  'ruleTiers',
  'ruleThresholds',
  'contentLevel',
  'contentDays',
  'shareCases',
  'caseDueHours',
]);

/** True when less would be held than is now. */
function loosens(values: Partial<Settings>, { settings }: InForce): boolean {
  if (values.mode !== undefined && isLooser(values.mode, settings.mode)) return true;
  return (
    Object.entries(values.siteModes ?? {}).some(([site, own]) =>
      isLooser(own, settings.siteModes[site] ?? settings.mode),
    ) ||
    Object.entries(values.siteModes === undefined ? {} : settings.siteModes).some(([site, own]) =>
      isLooser(values.siteModes?.[site] ?? settings.mode, own),
    )
  );
}

/**
 * The one place where a role limits what a person may set. With a collector that said who this person is,
 * only its administrators change what the team relies on; others may make their own browser stricter.
 * The person's own word for a role counts for nothing here.
 */
export async function refuseByRole(
  values: Partial<Settings>,
  before: InForce,
): Promise<{ allowed: Partial<Settings>; left: Left[] }> {
  const { me } = await readTeam(before.settings.syncEndpoint);
  const allowed = { ...values };
  const left: Left[] = [];
  if (before.settings.endpointKind !== 'collector' || me === null || me.role === 'admin')
    return { allowed, left };
  for (const key of Object.keys(values) as (keyof Settings)[]) {
    const isHeld =
      (key === 'mode' || key === 'siteModes') && loosens({ [key]: values[key] }, before);
    const isSame = JSON.stringify(values[key]) === JSON.stringify(before.settings[key]);
    if (isSame || !(isHeld || ADMIN_KEYS.has(key))) continue;
    delete allowed[key];
    left.push({ key, code: ADMINS_ONLY, params: {} });
  }
  return { allowed, left };
}
