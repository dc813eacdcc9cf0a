import { mode as modeSchema, type Mode } from '../domain/gate.ts';
import { checkSettings, defaultSettings } from './catalog.ts';
import type { SettingKey, Settings } from './catalog.ts';
import { keptToken } from './kept-token.ts';
import { readManaged, type ManagedProblem } from './managed-values.ts';

/** Where a value comes from: shipped, set in this browser, or set by the organization. */
export type SettingSource = 'default' | 'local' | 'managed';

/** The settings in force, where each comes from, and what the organization set that could not be used. */
export interface InForce {
  settings: Settings;
  sources: Readonly<Record<SettingKey, SettingSource>>;
  problems: readonly ManagedProblem[];
}

/** True when `one` holds less than `other` does. */
export const isLooser = (one: Mode, other: Mode): boolean =>
  modeSchema.options.indexOf(one) < modeSchema.options.indexOf(other);

/** A mode of the organization is the least: a site's own mode in this browser may only be stricter. */
function atLeast(siteModes: Settings['siteModes'], least: Mode): Settings['siteModes'] {
  return Object.fromEntries(Object.entries(siteModes).filter(([, own]) => !isLooser(own, least)));
}

/**
 * The settings in force: what the organization set, over what was set in this browser, over the defaults.
 * Stored values that are not in shape count as not set. Never throws.
 */
export function inForce(
  stored: Record<string, unknown>,
  managed: Record<string, unknown>,
): InForce {
  const defaults = defaultSettings();
  const own = checkSettings(stored).good;
  const { values, problems } = readManaged(managed);
  const settings: Settings = { ...defaults, ...own, ...values };
  if (values.mode !== undefined && values.siteModes === undefined)
    settings.siteModes = atLeast(settings.siteModes, values.mode);
  if (values.syncEndpoint !== undefined && values.syncToken === undefined)
    settings.syncToken = keptToken(
      { ...defaults, ...own },
      values.syncEndpoint,
      settings.endpointKind,
    );
  const sourceOf = (key: SettingKey): SettingSource => {
    if (Object.hasOwn(values, key)) return 'managed';
    return JSON.stringify(settings[key]) === JSON.stringify(defaults[key]) ? 'default' : 'local';
  };
  const keys = Object.keys(defaults) as SettingKey[];
  return {
    settings,
    problems,
    sources: Object.fromEntries(keys.map((key) => [key, sourceOf(key)])) as InForce['sources'],
  };
}
