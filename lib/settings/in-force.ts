import { mode as modeSchema, type Mode } from '../domain/gate.ts';
import type { Decider } from '../domain/transitions.ts';
import { checkSettings, defaultSettings } from './catalog.ts';
import type { SettingKey, Settings } from './catalog.ts';
import { keptToken } from './kept-token.ts';
import { readManaged, type ManagedProblem } from './managed-values.ts';
import type { Me } from './team-store.ts';
import { standingOf, valuesOf, type HeldPolicy, type PolicyStanding } from './team-policy.ts';

/**
 * Where a value comes from: shipped, set in this browser, or set by the organization: by the policy that its
 * collector signed, or through Chrome.
 */
export type SettingSource = 'default' | 'local' | 'policy' | 'managed';

/** True for what only the organization changes. */
export const isOrganizations = (source: SettingSource | undefined): boolean =>
  source === 'policy' || source === 'managed';

/** The settings in force, where each comes from, and what the organization set that could not be used. */
export interface InForce {
  settings: Settings;
  sources: Readonly<Record<SettingKey, SettingSource>>;
  problems: readonly ManagedProblem[];
  /** The signed policy that is held, and how it stands; null for none. */
  policy: PolicyStanding | null;
  /** Who this device is for its collector; null when that has not said so. */
  me: Me | null;
}

/** True when `one` holds less than `other` does. */
export const isLooser = (one: Mode, other: Mode): boolean =>
  modeSchema.options.indexOf(one) < modeSchema.options.indexOf(other);

/** A mode of the organization is the least: a site's own mode in this browser may only be stricter. */
function atLeast(siteModes: Settings['siteModes'], least: Mode): Settings['siteModes'] {
  return Object.fromEntries(Object.entries(siteModes).filter(([, own]) => !isLooser(own, least)));
}

/** What the collector told, and the time (milliseconds since 1970). */
interface Told {
  held: HeldPolicy | null;
  team?: { endpoint: string; me: Me | null } | null;
  now: number;
}

/** The policy that holds at the endpoint in force: another collector's says nothing here. */
function policyAt(held: HeldPolicy | null, settings: Settings): HeldPolicy | null {
  const { endpointKind, syncEndpoint } = settings;
  return endpointKind === 'collector' && held?.endpoint === syncEndpoint ? held : null;
}

/**
 * The settings in force at `now` (milliseconds since 1970): what the organization set through Chrome, over
 * the policy that its collector signed, over what was set in this browser, over the defaults. Stored values
 * that are not in shape count as not set. Never throws.
 */
export function inForce(
  stored: Record<string, unknown>,
  managed: Record<string, unknown>,
  { held, team = null, now }: Told = { held: null, now: 0 },
): InForce {
  const defaults = defaultSettings();
  const own = checkSettings(stored).good;
  const chrome = readManaged(managed);
  const policy = policyAt(held, { ...defaults, ...own, ...chrome.values });
  const signed = readManaged(policy === null ? {} : valuesOf(policy, now));
  const values = { ...signed.values, ...chrome.values };
  const problems = [...chrome.problems, ...signed.problems];
  const settings: Settings = { ...defaults, ...own, ...values };
  const rankOf = (key: SettingKey) =>
    Object.hasOwn(chrome.values, key) ? 2 : Object.hasOwn(signed.values, key) ? 1 : 0;
  if (rankOf('mode') > rankOf('siteModes'))
    settings.siteModes = atLeast(settings.siteModes, settings.mode);
  if (values.syncEndpoint !== undefined && values.syncToken === undefined)
    settings.syncToken = keptToken(
      { ...defaults, ...own },
      values.syncEndpoint,
      settings.endpointKind,
    );
  const sourceOf = (key: SettingKey): SettingSource => {
    const rank = rankOf(key);
    if (rank > 0) return rank === 2 ? 'managed' : 'policy';
    return JSON.stringify(settings[key]) === JSON.stringify(defaults[key]) ? 'default' : 'local';
  };
  const keys = Object.keys(defaults) as SettingKey[];
  return {
    settings,
    problems,
    me:
      settings.endpointKind === 'collector' && team?.endpoint === settings.syncEndpoint
        ? team.me
        : null,
    policy: policy === null ? null : standingOf(policy, now),
    sources: Object.fromEntries(keys.map((key) => [key, sourceOf(key)])) as InForce['sources'],
  };
}

/**
 * Who decides here. With a collector it alone says so, and whom it has not named is a reviewer; without one
 * name and role are the person's own word, the name '' when none was given.
 */
export function deciderIn({ settings, me }: Pick<InForce, 'settings' | 'me'>): Decider {
  if (me !== null) return { id: me.member.id, name: me.member.name, role: me.role };
  const { reviewerName: name, reviewerRole, endpointKind, syncEndpoint } = settings;
  const isSaid = endpointKind === 'collector' && syncEndpoint !== '';
  return { id: '', name, role: isSaid ? 'reviewer' : reviewerRole };
}
