import { useTranslation } from 'react-i18next';
import type { SettingKey } from '../settings/catalog.ts';
import { useIsManaged } from './use-in-force.ts';

/** Why the control of this setting changes nothing: the organization set it; undefined when it did not. */
export function useLock(key: SettingKey): string | undefined {
  const { t } = useTranslation('options');
  return useIsManaged(key) ? t('managed.lock', { key }) : undefined;
}
