import { storage } from 'wxt/utils/storage';
import { checkSettings, defaultSettings } from './catalog.ts';
import type { Settings } from './catalog.ts';

/**
 * Where settings live: `storage.local`, which the worker closes to content scripts. Only the worker
 * writes (`settings.apply`); pages of ours read.
 */
const item = storage.defineItem<Record<string, unknown>>('local:settings', {
  fallback: {},
  version: 1,
});

function effective(stored: Record<string, unknown>): Settings {
  return { ...defaultSettings(), ...checkSettings(stored).good };
}

/** The settings in force: stored values that are in shape, defaults for the rest. */
export async function readSettings(): Promise<Settings> {
  return effective(await item.getValue());
}

/** Calls back with the settings in force after each change; returns how to stop. */
export function watchSettings(onChange: (settings: Settings) => void): () => void {
  return item.watch((stored) => onChange(effective(stored ?? {})));
}

/** Stores checked values over what is there. Only the worker calls it. */
export async function writeSettings(values: Partial<Settings>): Promise<Settings> {
  const merged = { ...(await item.getValue()), ...values };
  await item.setValue(merged);
  return effective(merged);
}
