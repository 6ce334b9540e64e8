import { type Locale, locales } from '@patchbay/flow';
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { readPreference, writePreference } from '../app/preferences.ts';
import { resources } from './resources.ts';

const isLocale = (text: string | null): text is Locale => text === 'en' || text === 'zh-Hans';

/** The language chosen earlier, else the first the browser names that we have. */
function firstLocale(): Locale {
  const kept = readPreference('locale');
  if (isLocale(kept)) return kept;
  const wanted = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return wanted?.toLowerCase().startsWith('zh') ? 'zh-Hans' : 'en';
}

export async function startI18n(): Promise<void> {
  const lng = firstLocale();
  document.documentElement.lang = lng;
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'en',
    resources,
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** Words of a page that few visits open: they come with its code, not at the start. */
export function addWords(space: string, words: Readonly<Record<Locale, object>>): void {
  for (const locale of locales) i18next.addResourceBundle(locale, space, words[locale]);
}

export const currentLocale = (): Locale => (i18next.language === 'zh-Hans' ? 'zh-Hans' : 'en');

export function setLocale(locale: Locale): void {
  writePreference('locale', locale);
  document.documentElement.lang = locale;
  void i18next.changeLanguage(locale);
}

/** The reader's language; renders again when it changes. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === 'zh-Hans' ? 'zh-Hans' : 'en';
}
