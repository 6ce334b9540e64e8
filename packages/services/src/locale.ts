import { type Locale, locales } from '@patchbay/flow';

/** The language of an answer: the first of ours in `Accept-Language` (RFC 9110) by weight; English without one. */
export function localeOf(acceptLanguage: string | undefined | null): Locale {
  if (acceptLanguage === undefined || acceptLanguage === null || acceptLanguage === '') return 'en';
  const wanted = acceptLanguage
    .slice(0, 500)
    .split(',')
    .map((part, place) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = rest.map((item) => /^\s*q=([\d.]+)\s*$/.exec(item)?.[1]).find((text) => text !== undefined);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight), place };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place);
  for (const { tag } of wanted) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-Hans';
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
  }
  return locales[0];
}
