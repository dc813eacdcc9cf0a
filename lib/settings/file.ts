import { catalog, checkSettings, PERSONAL_KEYS, PRIVATE_KEYS } from './catalog.ts';
import type { SettingKey, SettingProblem, Settings } from './catalog.ts';

/** Largest settings file read, in characters. */
export const MAX_SETTINGS_FILE = 1_048_576;

/** Why a file could not be read at all. */
export type FileProblem = 'too-large' | 'not-json' | 'not-an-object';

/** Reads a settings file: a JSON object with the catalog's flat keys, without personal ones. Never throws. */
export function parseSettingsFile(
  text: string,
):
  | { ok: true; values: Partial<Settings>; problems: SettingProblem[] }
  | { ok: false; problem: FileProblem; detail: string } {
  if (text.length > MAX_SETTINGS_FILE) return { ok: false, problem: 'too-large', detail: '' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: 'not-json', detail: String(error) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, problem: 'not-an-object', detail: '' };
  const { good, problems } = checkSettings(value as Record<string, unknown>);
  for (const key of PERSONAL_KEYS) delete good[key];
  return { ok: true, values: good, problems };
}

/** The settings as a file for another device: sorted, without secrets. */
export function settingsFile(settings: Settings): string {
  const keys = (Object.keys(catalog) as SettingKey[])
    .filter((key) => !PRIVATE_KEYS.includes(key))
    .sort();
  return `${JSON.stringify(Object.fromEntries(keys.map((key) => [key, settings[key]])), null, 2)}\n`;
}
