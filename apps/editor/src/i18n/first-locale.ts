import type { Locale } from '@patchbay/flow';
import { readPreference } from '../app/preferences.ts';

const isLocale = (text: string | null): text is Locale => text === 'en' || text === 'zh-Hans';

/** The language chosen earlier, else the first the browser names that we have. */
export function firstLocale(): Locale {
  const kept = readPreference('locale');
  if (isLocale(kept)) return kept;
  const wanted = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return wanted?.toLowerCase().startsWith('zh') ? 'zh-Hans' : 'en';
}
