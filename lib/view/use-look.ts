import { useEffect } from 'react';
import type { Settings } from '../settings/catalog.ts';
import { switchLocale } from './i18n.ts';

/** Below this height, in rem, the foot of a screen would leave no room for what is read. */
const LOW_REM = 30;

/** Applies text size, theme and language to the page. Sizes are in rem, so one number scales all. */
export function useLook(settings: Pick<Settings, 'textSize' | 'theme' | 'locale'> | null): void {
  useEffect(() => {
    if (settings === null) return undefined;
    const root = document.documentElement;
    root.style.fontSize = `${settings.textSize}%`;
    if (settings.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = settings.theme;
    void switchLocale(settings.locale);
    // Queries in CSS resolve rem by the browser's own size, not by the one set here.
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(root).fontSize);
      root.toggleAttribute('data-low', window.innerHeight < LOW_REM * rem);
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [settings]);
}
