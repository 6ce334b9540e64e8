import type { Locale } from '@patchbay/node-kit';

const names: Record<Locale, Intl.DisplayNames> = {
  en: new Intl.DisplayNames(['en'], { type: 'language' }),
  'zh-Hans': new Intl.DisplayNames(['zh-Hans'], { type: 'language' }),
};

/** A language by its name; the English one is what a model knows best. A tag that is none stands for itself. */
export function languageName(tag: string, locale: Locale = 'en'): string {
  try {
    return names[locale].of(tag) ?? tag;
  } catch {
    return tag;
  }
}
