import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type options from '../../locales/en/options.json';
import type panel from '../../locales/en/panel.json';

/** The shape of the catalogs: keys used in code are checked against English by the compiler. */
interface Catalogs {
  panel: typeof panel;
  options: typeof options;
}

/** What a page brings: the panel's texts are used everywhere, those of the options only there. */
export type PageCatalogs = Pick<Catalogs, 'panel'> & Partial<Catalogs>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'panel';
    resources: Catalogs;
  }
}

/** Languages that have catalogs, by BCP 47 tag. */
export const LOCALES = ['en'] as const;

/**
 * Starts the catalogs. Plural forms are chosen by `Intl.PluralRules` of the language; a missing text
 * falls back to English. React escapes, so the library must not.
 */
export async function startI18n(locale: string, catalogs: PageCatalogs): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    ns: Object.keys(catalogs),
    defaultNS: 'panel',
    resources: { en: catalogs },
    interpolation: { escapeValue: false },
  });
  applyLanguage(i18next.language);
  return i18next;
}

/** Switches the language of the open page. */
export async function switchLocale(locale: string): Promise<void> {
  if (locale === i18next.language) return;
  await i18next.changeLanguage(locale);
  applyLanguage(locale);
}

function applyLanguage(locale: string): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = i18next.dir(locale);
}
