import type { Locale } from '@patchbay/flow';
import i18next from 'i18next';

/** Words by namespace, as far as the code that says them has come. */
const spaces = new Map<string, Readonly<Record<Locale, object>>>();

export const currentLocale = (): Locale => (i18next.language === 'zh-Hans' ? 'zh-Hans' : 'en');

export function addWords(space: string, words: Readonly<Record<Locale, object>>): void {
  spaces.set(space, words);
  if (i18next.isInitialized) i18next.addResourceBundle(currentLocale(), space, words[currentLocale()]);
}

/** Gives i18next all words in a language: before it speaks it for the first time. */
export function addAllWords(locale: Locale): void {
  for (const [space, words] of spaces) i18next.addResourceBundle(locale, space, words[locale]);
}
