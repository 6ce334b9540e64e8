import type { Locale } from '@patchbay/flow';

/** Languages the picker lists, by BCP 47 tag; any other tag in a document is shown as it is. */
const tags = (
  'en zh-Hans zh-Hant yue es fr de pt pt-BR ja ko ru ar hi it nl tr pl vi th id ' +
  'af am as az be bg bn bo bs ca ceb ckb co cs cy da el eo et eu fa fi fil fo fy ga gd gl gu ha haw he hmn hr ht hu hy ig is jv ka kk km kn ' +
  'ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my ne no ny om or pa ps qu rm ro rw sa sd si sk sl sm sn so sq sr st su sv sw ta te tg ti tk ' +
  'tl to ts tt ug uk ur uz wo xh yi yo zu'
).split(' ');
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
  const named = tags.map((tag): Language => ({ tag, name: languageName(tag, locale), ownName: nameIn(tag, tag) }));
  const order = new Intl.Collator(locale);
  const sorted = [...named.slice(0, common), ...named.slice(common).sort((a, b) => order.compare(a.name, b.name))];
  known.set(locale, sorted);
  return sorted;
}

export const languageName = (tag: string, locale: Locale): string => nameIn(locale, tag);
