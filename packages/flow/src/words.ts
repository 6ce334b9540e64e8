import type { Locale, Problem, Words } from './problem.ts';

const formats: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en'),
  'zh-Hans': new Intl.NumberFormat('zh-Hans'),
};

/** Longest parameter shown inside a sentence. */
const shownLength = 120;

/**
 * Puts parameters into a sentence's `{name}` places. A parameter that has its own word for the language
 * (`port:zh-Hans` beside `port`) is shown by that word; one that is missing is left out.
 */
export function fillWords(words: Words, params: Problem['params'], locale: Locale): string {
  return words[locale].replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, `${name}:${locale}`)
      ? params[`${name}:${locale}`]
      : Object.hasOwn(params, name)
        ? params[name]
        : '';
    if (typeof value === 'number') return formats[locale].format(value);
    const text = value ?? '';
    return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  });
}

/** A parameter in every language: `{ port: 'prompt', 'port:en': 'Prompt', 'port:zh-Hans': '提示词' }`. */
export function wordParams(name: string, plain: string, words: Words): Record<string, string> {
  return { [name]: plain, [`${name}:en`]: words.en, [`${name}:zh-Hans`]: words['zh-Hans'] };
}
