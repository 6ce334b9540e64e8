import type { Locale } from '@patchbay/flow';
import { languageTags } from '@patchbay/node-kit';

/** How many of them come first, the others by name. */
const common = 21;

export interface Language {
  tag: string;
  name: string;
  /** What speakers of the language call it. */
  ownName: string;
}

const nameIn = (locale: string, tag: string): string => {
  try {
    return new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

const known = new Map<Locale, Language[]>();

/** All languages, named in the reader's own: the most used first, then by name. */
export function languages(locale: Locale): Language[] {
  const kept = known.get(locale);
  if (kept !== undefined) return kept;
  const named = languageTags.map((tag): Language => ({ tag, name: languageName(tag, locale), ownName: nameIn(tag, tag) }));
  const order = new Intl.Collator(locale);
  const sorted = [...named.slice(0, common), ...named.slice(common).sort((a, b) => order.compare(a.name, b.name))];
  known.set(locale, sorted);
  return sorted;
}

export const languageName = (tag: string, locale: Locale): string => nameIn(locale, tag);
