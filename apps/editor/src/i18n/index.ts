import type { Locale } from '@patchbay/flow';
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { firstLocale } from './first-locale.ts';
import { addAllWords } from './spaces.ts';
import { wordsHere } from './words-here.ts';

export async function startI18n(): Promise<void> {
  const lng = firstLocale();
  document.documentElement.lang = lng;
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'en',
    resources: {},
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  addAllWords(lng);
}

export { currentLocale } from './spaces.ts';

/** Shows the page in another language once all its words are there, if that is still wanted then; until then it stays as it is. */
export async function readIn(locale: Locale, wanted: () => boolean = () => true): Promise<void> {
  await wordsHere.fetch(locale);
  if (!wanted()) return;
  wordsHere.read(locale);
  addAllWords(locale);
  document.documentElement.lang = locale;
  await i18next.changeLanguage(locale);
}

/** The reader's language; renders again when it changes. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === 'zh-Hans' ? 'zh-Hans' : 'en';
}
