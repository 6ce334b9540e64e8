import type { Locale } from '@patchbay/flow';
import { UnreachableError } from '../api/client.ts';
import { sentenceOf } from '../api/sentence.ts';
import { readIn } from '../i18n/index.ts';
import { toast } from '../ui/toast.tsx';
import { writePreference } from './preferences.ts';

let last: Locale | undefined;

/** Shows the program in the language a person chose, and remembers it. Of two choices in a row the later one holds. */
export async function setLocale(locale: Locale): Promise<void> {
  last = locale;
  try {
    await readIn(locale, () => last === locale);
    if (last === locale) writePreference('locale', locale);
  } catch (error) {
    toast(sentenceOf(new UnreachableError({ cause: error })), { look: 'bad' });
  }
}
