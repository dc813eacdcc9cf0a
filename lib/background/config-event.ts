import type { EventDraft } from '../domain/event.ts';
import { SECRET_KEYS, type SettingKey, type Settings } from '../settings/catalog.ts';

/**
 * Who changed a setting: a person by the form or by a file, the organization through Chrome or by a signed
 * policy, or the collector that ended an access.
 */
export type ChangedHow = 'form' | 'import' | 'managed' | 'policy' | 'collector';

/** Most characters of a value that stand in the event. */
const MAX_VALUE = 2000;

/** The keys whose values differ. */
export function changedKeys(before: Settings, after: Partial<Settings>): SettingKey[] {
  return (Object.keys(after) as SettingKey[]).filter(
    (key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]),
  );
}

/** A value as the trail names it: what follows `?` in an address may be a key of its own. */
function shown(value: unknown): unknown {
  if (typeof value !== 'string' || !URL.canParse(value)) return value;
  const [address = '', ...query] = value.split('?');
  return query.length === 0 ? value : `${address}?(hidden)`;
}

/** The event of one changed setting, with the values before and after; a secret's are not said. */
export function configChanged(
  key: SettingKey,
  before: Partial<Settings>,
  after: Partial<Settings>,
  how: ChangedHow,
): EventDraft {
  const said = (value: unknown) =>
    SECRET_KEYS.includes(key) ? '(secret)' : JSON.stringify(shown(value)).slice(0, MAX_VALUE);
  return {
    type: 'config.changed',
    itemId: '',
    traceId: '',
    causationId: '',
    data: { key, before: said(before[key]), after: said(after[key]), how },
  };
}
