import { mode as modeSchema } from '../domain/gate.ts';
import { catalog, checkSettings, defaultSettings, isSettingKey, PERSONAL_KEYS } from './catalog.ts';
import type { SettingKey, SettingProblem, Settings } from './catalog.ts';
import { parseSiteEntry } from './site-entry.ts';

/** Code of the notice that a setting is the organization's and was left as it is. */
export const SET_BY_ORGANIZATION = 'set-by-organization';

/** A value of the organization that could not be used: as any wrong value, or by a code of its own. */
export type ManagedProblem =
  | SettingProblem
  | {
      key: SettingKey;
      code: 'personal-key' | 'token-without-endpoint';
      params: { path: string; given: string };
    };

/** What an organization set: values in the catalog's form, and what of it could not be used. */
export interface ManagedValues {
  /** Every key that the organization set, also those whose value was wrong: the person's never stands in. */
  values: Partial<Settings>;
  problems: ManagedProblem[];
}

const NO_PARAMS = { path: '', given: '' };

/** What stands in for a wrong value: the strictest where a value decides what is held, else the default. */
const STAND_IN: Partial<Settings> = { mode: 'enforce' };

/**
 * Chrome's form of schema has no "any value", so descriptions of sites come as JSON texts; what is none is
 * left for the reader of descriptions to name.
 */
function decodeSites(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((entry: unknown) => {
    if (typeof entry !== 'string') return entry;
    try {
      return JSON.parse(entry) as unknown;
    } catch (error) {
      if (error instanceof SyntaxError) return entry;
      throw error;
    }
  });
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

/** A list or map with a wrong entry keeps the good ones; the wrong entry alone is lost, and named. */
function salvage(key: SettingKey, value: unknown): unknown {
  if (key === 'siteModes')
    // A site whose mode can't be read is held: the organization wanted something there.
    return Object.fromEntries(
      entriesOf(value)
        .filter(([site]) => parseSiteEntry(site) !== null)
        .map(([site, mode]) => [site, modeSchema.safeParse(mode).data ?? 'enforce']),
    );
  if (key === 'sites' && Array.isArray(value))
    return value.filter((one: unknown) => typeof one === 'string' && parseSiteEntry(one) !== null);
  if (key === 'ruleTiers' || key === 'ruleThresholds')
    return Object.fromEntries(
      entriesOf(value).filter(([id, one]) => catalog[key].schema.safeParse({ [id]: one }).success),
    );
  return undefined;
}

function standIn(key: SettingKey, value: unknown): unknown {
  const saved = catalog[key].schema.safeParse(salvage(key, value));
  if (saved.success) return saved.data;
  return STAND_IN[key] ?? defaultSettings()[key];
}

/**
 * Reads what Chrome holds for this extension (`storage.managed`). A wrong value is named and never used;
 * its key stays the organization's, with the strictest value for what holds Send (`mode`, `siteModes`) and
 * with nothing leaving the device for a wrong `syncEndpoint`. Never throws.
 */
export function readManaged(raw: Record<string, unknown>): ManagedValues {
  const decoded = { ...raw };
  const problems: ManagedProblem[] = [];
  for (const key of PERSONAL_KEYS)
    if (Object.hasOwn(decoded, key)) {
      problems.push({ key, code: 'personal-key', params: NO_PARAMS });
      delete decoded[key];
    }
  if (Object.hasOwn(decoded, 'customSites'))
    decoded['customSites'] = decodeSites(decoded['customSites']);
  const { good, problems: wrong } = checkSettings(decoded);
  const values: Record<string, unknown> = { ...good };
  for (const { key } of wrong) if (isSettingKey(key)) values[key] = standIn(key, decoded[key]);
  // A site that can't be read may be any: without a mode of its own, each is held.
  const modes = entriesOf(decoded['siteModes']);
  if (modes.some(([site]) => parseSiteEntry(site) === null)) values['mode'] = 'enforce';
  // What stands at the organization's address is its own to say as well.
  if (values['syncEndpoint'] !== undefined)
    values['endpointKind'] ??= defaultSettings().endpointKind;
  // A token is between the organization and its own server: an address of a person never gets it.
  const { syncToken = '', syncEndpoint = '' } = values as Partial<Settings>;
  if (syncToken !== '' && syncEndpoint === '') {
    if (good.syncEndpoint === undefined && !Object.hasOwn(decoded, 'syncEndpoint'))
      problems.push({ key: 'syncToken', code: 'token-without-endpoint', params: NO_PARAMS });
    values['syncToken'] = '';
  }
  return { values: values as Partial<Settings>, problems: [...problems, ...wrong] };
}
