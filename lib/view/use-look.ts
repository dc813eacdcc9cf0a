import { useEffect } from 'react';
import type { Settings } from '../settings/catalog.ts';
import { switchLocale } from './i18n.ts';

/** Applies text size, theme and language to the page. Sizes are in rem, so one number scales all. */
export function useLook(settings: Pick<Settings, 'textSize' | 'theme' | 'locale'> | null): void {
  useEffect(() => {
    if (settings === null) return;
    const root = document.documentElement;
    root.style.fontSize = `${settings.textSize}%`;
    if (settings.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = settings.theme;
    void switchLocale(settings.locale);
  }, [settings]);
}
